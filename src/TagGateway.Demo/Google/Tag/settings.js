/* A synthetic tag for tests and the demo: our own code, in the shape of a Google tag but not one. */
var data = {"resource":{"version":"1","macros":[{"function":"__e"},{"function":"__u","vtp_component":"URL"},{"function":"__v","vtp_name":"gtm.triggers"}],"tags":[],"predicates":[{"function":"_eq","arg0":["macro",0],"arg1":"gtm.js"},{"function":"_cn","arg0":["macro",1],"arg1":"https:\/\/policies.google.com\/privacy"}],"rules":[[["if",0],["add",0]]]},"runtime":[],"entities":{"__e":{"2":true,"4":true},"__googtag":{"1":10,"5":true}},"blob":{},"permissions":{},"security_groups":{}};

/* Settings that the server wrote into the blob. */
var blob = data.blob;
function text(key) { return typeof blob[key] === 'string' ? blob[key] : ''; }
function yes(key) { return blob[key] === true; }
function tunable(key) { return (blob['46'] || {})[key] || ''; }
function flag(number) { return (blob['56'] || []).some(function (f) { return f['1'] === number && f['2'] === true; }); }

var id = text('5');
var aliases = text('10').split('|');
var isContainer = !yes('45');
var firstParty = yes('47') && blob['54'] !== 1;
var base = text('18').replace(/\/$/, '');
var layerName = text('19') || 'dataLayer';
var geo = JSON.parse(atob(text('22')) || '{}');
var release = text('14');
var gtmLong = '45' + (firstParty ? 'g92e' : 'je') + release + 'v9' + hash(id) + 'za' + (firstParty ? '204' : '200');
var gtmShort = '4e' + release;

/* Only one copy of a tag runs on a page. */
var page = window.google_tag_data = window.google_tag_data || {};
var tidr = page.tidr = page.tidr || {};
tidr.injectedFirstPartyContainers = tidr.injectedFirstPartyContainers || (window.google_tags_first_party || []).slice();
if (!yes('47') && tidr.injectedFirstPartyContainers.indexOf(id) >= 0) return;
var running = window.google_tag_manager = window.google_tag_manager || {};
if (running[id]) return;
var isPrimary = !Object.keys(running).some(function (key) { return /^[A-Z]+-/.test(key); });
running[id] = { release: release, primary: isPrimary };
var shared = page.synthetic = page.synthetic || { pageLoad: Math.floor(Math.random() * 2147483647), hits: 0, start: Date.now() };
