/* The service worker: an iframe that hands messages on. */
var worker = { frame: null, ready: false };
function openWorker() {
  if (!synthetic.serviceWorker || !navigator.serviceWorker || shared.worker || !(firstParty || /^AW-/.test(id))) return;
  shared.worker = worker;
  var folder = new URL(firstParty ? base + '/_/service_worker/' + tunable('11') + '/' : workerUrl(tunable('11') || release), location.origin);
  // A worker that is not on Google's own host is told so: it has to register where it stands, below the path before its folder.
  var path = folder.pathname.substring(0, folder.pathname.indexOf('/_/service_worker'));
  var ownPath = folder.origin !== "https://www.googletagmanager.com" ? '&1p=1' + (path ? '&path=' + encodeURIComponent(path) : '') : '';
  worker.origin = folder.origin;
  worker.frame = document.createElement('iframe');
  worker.frame.style.display = 'none';
  worker.frame.title = 'measurement';
  worker.frame.setAttribute('aria-hidden', 'true');
  worker.frame.src = folder + 'sw_iframe.html?origin=' + encodeURIComponent(location.origin) + ownPath;
  addEventListener('message', function (event) {
    if (event.source === worker.frame.contentWindow && event.origin === worker.origin && event.data && event.data.type === 'sw-ready') worker.ready = true;
  });
  document.body.appendChild(worker.frame);
}

function sendByWorker(url) {
  var host = shared.worker;
  if (!host || !host.ready) return send(url);
  var channel = new MessageChannel();
  channel.port1.onmessage = function (event) { if (event.data.error) send(url); };
  var params = { url: url, method: 'POST', referer: firstParty ? location.href : undefined, strict: firstParty };
  host.frame.contentWindow.postMessage({ type: 1, command: { commandType: 0, params: params } }, host.origin, [channel.port2]);
}
