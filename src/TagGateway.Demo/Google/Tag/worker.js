/* The service worker: an iframe that hands messages on. */
var worker = { frame: null, ready: false };
function openWorker() {
  if (!firstParty || tunable('93') !== '1' || !navigator.serviceWorker || shared.worker) return;
  shared.worker = worker;
  worker.frame = document.createElement('iframe');
  worker.frame.style.display = 'none';
  worker.frame.title = 'measurement';
  worker.frame.setAttribute('aria-hidden', 'true');
  worker.frame.src = base + '/_/service_worker/' + tunable('11') + '/sw_iframe.html?origin=' + encodeURIComponent(location.origin) + '&1p=1&path=' + encodeURIComponent(base);
  addEventListener('message', function (event) {
    if (event.source === worker.frame.contentWindow && event.origin === location.origin && event.data && event.data.type === 'sw-ready') worker.ready = true;
  });
  document.body.appendChild(worker.frame);
}

function sendByWorker(url) {
  var host = shared.worker;
  if (!host || !host.ready || url.charAt(0) !== '/') return send(url);
  var channel = new MessageChannel();
  channel.port1.onmessage = function (event) { if (event.data.error) send(url); };
  host.frame.contentWindow.postMessage({ type: 1, command: { commandType: 0, params: { url: url, method: 'POST', referer: location.href, strict: true } } }, location.origin, [channel.port2]);
}
