/* Google Ads: an account is on the page, a conversion has happened. */
function adPairs(extra) {
  return merge({
    gtm: gtmLong, gcs: consent.used ? consentState() : '', url: location.href.split('#')[0], tiba: document.title,
    auid: readCookie('_gcl_au').split('.').slice(2).join('.'), random: Date.now()
  }, extra);
}
function clickId() { return (/[?&]gclid=([\w-]+)/.exec(location.search) || [])[1]; }

function landOnAds() {
  var pairs = { en: 'page_view', tid: id, gcs: consentState(), gtm: gtmLong, dl: location.href.split('#')[0] };
  if (!allowed('ad_storage')) return send(deniedUrl("/ccm/collect") + '?' + query(pairs));
  if (!sendsAll || !/^AW-/.test(id)) return;
  send(place(45) + '?' + query(merge(pairs, { rnd: shared.pageLoad, rnk: referrerKind() })));
  remarket(id.replace(/^AW-/, ''));
  if (clickId()) registerClick();
}

/* The landing after a click on an ad. */
function registerClick() {
  var pairs = { gclid: clickId(), auid: readCookie('_gcl_au').split('.').slice(2).join('.'), gtm: gtmLong, dl: location.href.split('#')[0] };
  send(place(69) + '?' + query(pairs));
  send(place(/Firefox|Edg\//.test(navigator.userAgent) ? 58 : 57) + '?' + query({ gclid: clickId() }), undefined, 'GET');
  showPixel(place(36) + '?' + query({ gclid: clickId(), gtm: gtmLong }));
}

function convert(sendTo, fields) {
  var account = sendTo.split('/')[0].replace(/^AW-/, '');
  var label = sendTo.split('/')[1] || '';
  var pairs = adPairs({ label: label, value: fields.value, currency_code: fields.currency, oid: fields.transaction_id, fmt: 3, _uip: firstParty ? '::' : '' });
  if (!allowed('ad_storage')) return send(deniedUrl("/pagead/conversion") + '/' + account + '/?' + query(pairs));
  send(adsUrl("https://www.googleadservices.com", "/ccm/conversion") + '/' + account + '/?' + query(pairs), undefined, 'GET');
  if (sendsAll) {
    sendAndObey(place(5) + '/' + account + '/?' + query(pairs));
    send(place(8) + '/' + account + '/?' + query(pairs), undefined, 'GET');
    send(place(45) + '?' + query({ en: 'conversion', tid: sendTo, gtm: gtmLong }));
    if (fields.delivery === 'unified') showPixel(place(66) + '?' + query(pairs));
    if (fields.delivery === 'travel') showPixel(place(51) + '?' + query(pairs));
    remarket(account, label);
  }
  var user = fields.user_data || setFields.user_data;
  if (user) {
    hashed(user).then(function (em) {
      var form = query({ gtm: gtmLong, label: label, em: em, _uip: firstParty ? '::' : '' });
      sendByWorker(formUrl(21, "/ccm/form-data") + '/' + account + '?' + form);
      if (sendsAll) send(formUrl(11, "/pagead/form-data") + '/' + account + '?' + form);
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

/* Consent by the European framework: a fault of the page's own platform is reported. */
function askConsentPlatform() {
  if (typeof window.__tcfapi !== 'function') return;
  try { window.__tcfapi('addEventListener', 2, function () { }); } catch (e) { showPixel(place(77) + '?id=tcfe'); }
}
