/* Scripts and cookies by clear or opaque paths. */
function pathToken(clear) {
  var key = Array.from(atob(text('58')), function (c) { return c.charCodeAt(0); });
  var mark = key.slice(-2);
  var bytes = mark.concat(Array.from(new TextEncoder().encode(clear))).map(function (b, i) { return b ^ key[i % 32]; }).concat(mark);
  return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function addScript(src, onerror) {
  var script = document.createElement('script');
  script.async = true;
  script.src = src;
  script.onerror = onerror;
  document.head.appendChild(script);
}

function loadChild(child) {
  if (running[child] || shared['child ' + child]) return;
  shared['child ' + child] = true;
  var isDestination = !isContainer && !/^(G|GTM)-/.test(child);
  var parameters = '?id=' + encodeURIComponent(child) + (layerName === 'dataLayer' ? '' : '&l=' + layerName) + '&cx=c&gtm=' + gtmShort;
  if (!firstParty) {
    var fallback = blob['54'] === 1 ? '&fps=fc' : '';
    if (/^GTM-/.test(child)) return addScript(scriptUrl("/gtm.js") + parameters.replace('&cx=c', '') + fallback);
    return addScript(scriptUrl(isDestination ? "/gtag/destination" : "/gtag/js") + parameters + fallback);
  }
  var clear = (isDestination ? 'gtd' : '') + parameters + (blob['54'] === 2 ? '&fps=fe' : '');
  if (!text('58') || !flag(413)) return addScript(base + '/' + clear);
  addScript(base + '/' + pathToken(clear), function () { addScript(base + '/' + clear + '&f=1'); });
}

function askForCookies() {
  if (!firstParty || !flag(495) || !allowed('ad_storage') || shared.cookies) return;
  var copies = { FPAU: readCookie('_gcl_au') };
  var click = readCookie('_gcl_aw').split('.');
  if (click.length === 3) copies.FPGCLAW = '2.1.k' + click[2] + '$i' + click[1];
  shared.cookies = true;
  var wanted = query(copies);
  try {
    if (!wanted || sessionStorage.getItem('_gcl_copies') === wanted) return;
    sessionStorage.setItem('_gcl_copies', wanted);
  } catch (e) { /* no storage: ask each time */ }
  var clear = '_/set_cookie?p=' + encodeURIComponent('/') + '&ce=7776000&d=auto:' + location.hostname + '&' + wanted;
  send(base + '/' + (text('58') ? pathToken(clear) : clear));
}
