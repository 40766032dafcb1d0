/* Answers that are instructions: blocks "event: message\ndata: {json}", parted by an empty line, read while they come. */
function sendAndObey(url, transport) {
  return fetch(url, { method: 'GET', keepalive: true, mode: 'cors', credentials: 'include', cache: 'no-store' }).then(function (answer) {
    if (!answer.ok || !answer.body) return;
    var reader = answer.body.getReader();
    var decoder = new TextDecoder();
    var left = '';
    function read() {
      return reader.read().then(function (chunk) {
        if (chunk.done) return;
        left += decoder.decode(chunk.value, { stream: true });
        for (var end; (end = left.indexOf('\n\n')) >= 0; left = left.slice(end + 2)) obeyBlock(left.slice(0, end), transport);
        return read();
      });
    }
    return read();
  }, function () { /* lost: nothing is sent again */ });
}

function obeyBlock(block, transport) {
  var found = /^event: message\ndata: (\{.*\})$/.exec(block);
  if (!found) return;
  var orders = JSON.parse(found[1]);
  var options = orders.options || {};
  (orders.send_pixel || []).forEach(function (url) { showPixel(filled(url, transport)); });
  (orders.fetch || []).forEach(function (url) {
    fetch(filled(url, transport), { mode: options.process_response ? 'cors' : 'no-cors', credentials: 'include', keepalive: true, cache: 'no-store' })
      .catch(function () { if (options.fallback_url) showPixel(filled(options.fallback_url, transport)); });
  });
}

function filled(url, transport) { return url.replace('${transport_url}', transport || ''); }
