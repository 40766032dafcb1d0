/* Reports of the tag on itself, and Tag Assistant. */
function reportStart() {
  if (!synthetic.diagnostics) return;
  showPixel((firstParty ? base + '/a?id=' : diagnosticsUrl('/a')) + id + '&v=3&t=t&pid=' + shared.pageLoad + '&rv=' + release);
}

/* When the page goes, the tag also asks for itself again: the answer is not run. */
function reportEnd() {
  if (!synthetic.diagnostics) return;
  fetch((firstParty ? base + '/td?id=' : diagnosticsUrl('/td')) + id + '&v=3&t=t&pid=' + shared.pageLoad, { mode: 'no-cors', keepalive: true });
  if (source) fetch(source + (source.indexOf('?') < 0 ? '?' : '&') + 'is_td=1', { mode: 'no-cors', keepalive: true });
}

function openDebugger() {
  if (/[?&]gtm_debug=/.test(location.search)) addScript(scriptUrl("/debug/bootstrap") + '?id=' + id + '&src=GTM&cond=3&gtm=' + gtmShort);
}

/* Tag Assistant talks to the page from Google's own origin only. */
var ownHost = /^(www\.)?googletagmanager\.com$/;
addEventListener('message', function (event) {
  if (event.origin !== "https://www.googletagmanager.com" && event.origin !== "https://tagassistant.google.com") return;
  if (ownHost.test(new URL(event.origin).hostname)) shared.debug = { gtg: { source: firstParty ? 0 : 3, mPath: base } };
});
