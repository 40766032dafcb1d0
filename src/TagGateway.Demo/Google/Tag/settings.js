/* A synthetic tag for tests and the demo: our own code, in the shape of a Google tag but not one. */
var data = {"resource":{"version":"1","macros":[{"function":"__e"},{"function":"__u","vtp_component":"URL"},{"function":"__v","vtp_name":"gtm.triggers"},{"function":"__c","vtp_value":"google.com"},{"function":"__v","vtp_name":"link_domain"},{"function":"__v","vtp_name":"link_url"}],"tags":[],"predicates":[{"function":"_eq","arg0":["macro",0],"arg1":"gtm.js"},{"function":"_cn","arg0":["macro",1],"arg1":"https:\/\/policies.google.com\/privacy"},{"function":"_eq","arg0":["macro",4],"arg1":"www.google.com"},{"function":"_cn","arg0":["macro",5],"arg1":"www.google-analytics.com"},{"function":"_sw","arg0":["macro",5],"arg1":"https:\/\/www.googletagmanager.com\/"},{"function":"_sw","arg0":["macro",5],"arg1":"https://stats.g.doubleclick.net/"}],"rules":[[["if",0],["add",0]]]},"runtime":[],"entities":{"__e":{"2":true,"4":true},"__googtag":{"1":10,"5":true}},"blob":{},"permissions":{},"security_groups":{},"synthetic":{}};

/* Settings that the server wrote into the blob; what the scenario asks for stands apart. */
var blob = data.blob;
var synthetic = data.synthetic;
function text(key) { return typeof blob[key] === 'string' ? blob[key] : ''; }
function yes(key) { return blob[key] === true; }
function tunable(key) { return (blob['46'] || {})[key] || ''; }
function flag(number) { return (blob['56'] || []).some(function (f) { return f['1'] === number && f['2'] === true; }); }

var id = text('5');
var aliases = text('10').split('|');
var isContainer = /^GTM-/.test(id);
var firstParty = isServedFirstParty();
var base = text('18').replace(/\/$/, '');
var layerName = text('19') || 'dataLayer';
var geo = JSON.parse(atob(text('22')) || '{}');
var googleDomain = data.resource.macros[3].vtp_value;
var release = releaseCode();

/* Where this script came from shows in its telemetry, and nowhere else. */
var source = document.currentScript && document.currentScript.src || '';
var isFromGoogle = source.startsWith("https://www.googletagmanager.com/");
var gtmLong = '45' + (firstParty ? 'g92e' : 'je') + release + 'v9' + hash(id) + 'za' + (isFromGoogle ? '200' : '204');
var gtmShort = '4e' + release;

/* What a first-party script leaves to Google's own hosts; every other script sends it there anyway. */
var sendsAll = !firstParty || synthetic.thirdParty;

/* Only one copy of a tag runs on a page. */
var page = window.google_tag_data = window.google_tag_data || {};
var tidr = page.tidr = page.tidr || {};
tidr.injectedFirstPartyContainers = tidr.injectedFirstPartyContainers || (window.google_tags_first_party || []).slice();
if (!firstPartyKnown() && tidr.injectedFirstPartyContainers.indexOf(id) >= 0) return;
var running = window.google_tag_manager = window.google_tag_manager || {};
if (running[id]) return;
var isPrimary = !Object.keys(running).some(function (key) { return /^[A-Z]+-/.test(key); });
running[id] = { release: release, primary: isPrimary };
var shared = page.synthetic = page.synthetic || { pageLoad: Math.floor(Math.random() * 2147483647), hits: 0, start: Date.now() };
