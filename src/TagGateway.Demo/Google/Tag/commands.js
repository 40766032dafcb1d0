/* Commands on the data layer. */
var setFields = {};
function mine(target) { return target === id || aliases.indexOf(target) >= 0; }
function merge() { return Object.assign.apply(null, [{}].concat([].slice.call(arguments))); }

function configure(target, settings) {
  if (!mine(target)) { if (isPrimary || isContainer) loadChild(target); return; }
  var known = targets[id];
  targets[id] = known || { queue: [], settings: {} };
  targets[id].settings = merge(setFields, settings);
  if (/^(AW|DC)-/.test(id)) {
    openClient();
    landOnAds();
  } else if (settings.send_page_view !== false && setFields.send_page_view !== false) {
    track(id, 'page_view', targets[id].settings);
  } else {
    openSession(id);
  }
  early.splice(0).forEach(function (event) { fire(event[0], event[1]); });
  askForCookies();
}

function fire(name, fields) {
  var sendTo = fields.send_to && [].concat(fields.send_to);
  if (name === 'conversion' && sendTo) {
    sendTo.forEach(function (to) {
      var account = to.split('/')[0];
      // The page's first tag sends for an account that has no tag of its own here.
      var orphan = isPrimary && !running[account] && !shared['child ' + account];
      if (mine(account) || orphan) {
        if (/^AW-/.test(account)) convert(to, fields);
        if (/^DC-/.test(account)) floodlight(to, fields);
      }
    });
    return;
  }
  if (/^(AW|DC)-/.test(id) || isContainer || (sendTo && !sendTo.some(mine))) return;
  if (targets[id]) track(id, name, merge(targets[id].settings, fields));
  else early.push([name, fields]);
}

/* Events that came before their tag was configured, as in a page whose container configures its children late. */
var early = [];

var commands = {
  js: function () { },
  set: function (fields, value) { if (typeof fields === 'string') { var one = {}; one[fields] = value; fields = one; } setFields = merge(setFields, fields); },
  config: function (target, settings) { configure(target, settings || {}); },
  event: function (name, fields) { fire(name, fields || {}); },
  consent: function (action, values) { applyConsent(action, values || {}); },
  get: function (target, field, callback) { if (mine(target) && callback) callback(field === 'client_id' ? shared.client : field === 'session_id' ? targets[id] && targets[id].session : undefined); }
};

var boots = 0;

function take(entry) {
  if (!entry) return;
  if (Object.prototype.toString.call(entry) === '[object Arguments]') {
    if (Object.prototype.hasOwnProperty.call(commands, entry[0])) commands[entry[0]].apply(null, [].slice.call(entry, 1));
  } else if (isContainer && entry.event === 'gtm.js') {
    // Whoever boots a container twice is measured twice.
    if (boots++ > 0) fireTags();
  } else if (isContainer && entry.event && !/^gtm\./.test(entry.event)) {
    var fields = merge(entry, entry.ecommerce || {});
    delete fields.event; delete fields.ecommerce;
    push('event', entry.event, fields);
  }
}
function push() { window[layerName].push(arguments); }

/* A container fires its tags: each child is a tag of its own, loaded from the same place. */
function fireTags() {
  data.resource.tags.forEach(function (tag) { if (tag["function"] === '__googtag') push('config', tag.vtp_tagId, {}); });
}

function boot() {
  readClientHints().then(function () {
    var layer = window[layerName] = window[layerName] || [];
    var original = layer.push;
    layer.push = function () {
      var result = original.apply(layer, arguments);
      for (var i = 0; i < arguments.length; i++) take(arguments[i]);
      return result;
    };
    probeGoogle();
    reportStart();
    askConsentPlatform();
    openDebugger();
    layer.slice().forEach(take);
    if (isContainer) fireTags();
    if (document.body) openWorker(); else addEventListener('DOMContentLoaded', openWorker);
    addEventListener('pagehide', function () { flushAll(); reportEnd(); });
    document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') flushAll(); });
  });
}

if (firstPartyKnown() && unknownCountry()) {
  fetch(place(76), { mode: 'cors', credentials: 'omit', cache: 'no-store' })
    .then(function (answer) { return answer.json(); })
    .then(function (found) { geo = merge(geo, found); }, function () { })
    .then(boot);
} else {
  boot();
}
