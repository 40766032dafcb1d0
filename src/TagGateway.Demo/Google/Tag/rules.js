/* The site's own triggers: what they compare with is data, however much it looks like an address. */
var comparisons = {
  _eq: function (value, wanted) { return value === wanted; },
  _cn: function (value, wanted) { return value.indexOf(wanted) >= 0; },
  _sw: function (value, wanted) { return value.indexOf(wanted) === 0; }
};
function matchingRules(fields) {
  return data.resource.predicates.map(function (rule, i) {
    var name = data.resource.macros[rule.arg0[1]].vtp_name;
    var value = name && fields[name];
    return typeof value === 'string' && comparisons[rule["function"]](value, rule.arg1) ? i : -1;
  }).filter(function (i) { return i >= 0; }).join('.');
}

/* Where the visitor came from: hosts that are compared, never called. */
function referrerKind() {
  var host = document.referrer && new URL(document.referrer).hostname;
  if (!host) return '';
  if (text('24').split('|').indexOf(host) >= 0) return 'preview';
  if (text('38').split('|').indexOf(host) >= 0 || /^www\.googleadservices\.com$/.test(host) || /^\d+\.fls\.doubleclick\.net$/.test(host)) return 'ad';
  return host === "www.google.com" || host === "google.com" ? 'search' : '';
}
