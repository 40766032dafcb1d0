/* Google Ads. */
function convert(sendTo, fields) {
  var account = sendTo.split('/')[0].replace(/^AW-/, '');
  var label = sendTo.split('/')[1] || '';
  var pairs = {
    label: label, value: fields.value, currency_code: fields.currency, oid: fields.transaction_id, gtm: gtmLong,
    gcs: consent.used ? consentState() : '', url: location.href.split('#')[0], tiba: document.title,
    auid: readCookie('_gcl_au').split('.').slice(2).join('.'), random: Date.now(), fmt: 3, _uip: firstParty ? '::' : ''
  };
  if (!allowed('ad_storage')) return send(deniedUrl("/pagead/conversion") + '/' + account + '/?' + query(pairs));
  send(adsUrl("https://www.googleadservices.com", "/ccm/conversion") + '/' + account + '/?' + query(pairs), undefined, 'GET');
  if (tunable('91') === '1') {
    send("https://www.googleadservices.com/pagead/conversion/" + account + '/?' + query(pairs), undefined, 'GET');
    var remarketing = document.createElement('script');
    remarketing.src = "https://googleads.g.doubleclick.net/pagead/viewthroughconversion/" + account + '/?random=' + Date.now();
    document.head.appendChild(remarketing);
    send(google("www.google.com", "/ccm/collect") + '?en=conversion');
  }
  var user = fields.user_data || setFields.user_data;
  if (user) {
    hashed(user).then(function (em) {
      sendByWorker(formUrl("/ccm/form-data") + '/' + account + '?' + query({ gtm: gtmLong, label: label, em: em, _uip: firstParty ? '::' : '' }));
    });
  }
}

function hashed(user) {
  var email = String(user.email || '').trim().toLowerCase();
  if (!email || !window.crypto || !crypto.subtle) return Promise.resolve('tv.1');
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(email)).then(function (digest) {
    return 'tv.1~em.' + btoa(String.fromCharCode.apply(null, new Uint8Array(digest))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  });
}

/* Floodlight: the first-party form, and with third-party hits on also the advertiser's own frame. */
function floodlight(sendTo, fields) {
  var advertiser = { src: sendTo.split('/')[0].replace(/^DC-/, ''), type: sendTo.split('/')[1] || '', cat: (sendTo.split('/')[2] || '').split('+')[0] };
  var matrix = Object.keys(advertiser).map(function (key) { return ';' + key + '=' + encodeURIComponent(advertiser[key]); }).join('');
  matrix += ';ord=' + encodeURIComponent(fields.transaction_id || Math.floor(Math.random() * 1e13)) + ';gtm=' + gtmLong + '?';
  send(firstParty ? base + '/ddm/activity' + matrix : "https://ade.googlesyndication.com/ddm/activity/" + matrix, undefined, 'GET');
  if (tunable('91') !== '1') return;
  var frame = document.createElement('iframe');
  frame.style.display = 'none';
  frame.src = "https://" + advertiser.src + ".fls.doubleclick.net/activityi;" + matrix.slice(1);
  document.body.appendChild(frame);
}
