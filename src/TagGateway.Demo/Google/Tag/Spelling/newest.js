/* Addresses as releases since mid 2026 write them: host and path apart, joined when they are needed. */
function firstPartyKnown() { return yes('47'); }
function isServedFirstParty() { return yes('47') && blob['54'] !== 1; }
function releaseCode() { return text('14'); }

function google(host, path) { return "https://" + host + path; }
function search() { return "www.google.com"; }
function advertising(denied) { return denied ? "pagead2.googlesyndication.com" : "www.googleadservices.com"; }

/* By Google's own numbers of its endpoints. */
function place(number) {
  switch (number) {
    case 1: return google("ad.doubleclick.net", "/activity;");
    case 2: return google("ade.googlesyndication.com", "/ddm/activity/");
    case 5: return google(advertising(), "/pagead/conversion");
    case 8: return google("www.google.com", "/pagead/1p-conversion");
    case 9: return google("googleads.g.doubleclick.net", "/pagead/viewthroughconversion");
    case 11: return google("google.com", "/pagead/form-data");
    case 19: return google("stats.g.doubleclick.net", "/g/collect");
    case 20: return google("www.merchant-center-analytics.goog", "/mc/collect");
    case 21: return google(search(), "/ccm/form-data");
    case 22: return google(advertising(false), "/ccm/conversion");
    case 36: return text('36');
    case 45: return google("www.google.com", "/ccm/collect");
    case 51: return google("www.google.com", "/travel/flights/click/conversion");
    case 54: return google("www.google.com", "/measurement/conversion");
    case 55: return google(advertising(true), "/measurement/conversion");
    case 57: return google("www.googleadservices.com", "/pagead/set_partitioned_cookie");
    case 58: return google("www.google.com", "/pagead/set_partitioned_cookie");
    case 66: return google("www.google.com", "/pagead/uconversion");
    case 67: return google("www.google.com", "/g/collect");
    case 68: return google("www.google.com", "/rmkt/collect");
    case 69: return google("ad.doubleclick.net", "/ccm/s/collect");
    case 75: return google("td.doubleclick.net", "/td/rul");
    case 76: return google(search(), "/ccm/geo");
    case 77: return google("pagead2.googlesyndication.com", "/pagead/gen_204");
  }
}

function scriptUrl(path) { return "https://" + text('3') + path; }
function diagnosticsUrl(path) { return "https://" + text('21') + path + "?id="; }
function regionHost() { return geo['4']; }
function propertyUrl(path) { return "https://" + (regionHost() || "www") + ".google-analytics.com/" + path; }
function signalsUrl(path) { var region = geo['4']; return "https://" + (region ? region + "." : "") + "analytics.google.com/" + path; }
function joinUrl(signals) {
  return signals
    ? "https://{ga4CollectionSubdomain.}analytics.google.com/g/s/collect".replace("{ga4CollectionSubdomain.}", geo['4'] ? geo['4'] + '.' : '')
    : "https://{ga4CollectionSubdomain.}google-analytics.com/g/s/collect".replace("{ga4CollectionSubdomain.}", (geo['4'] || 'www') + '.');
}
function audiencesUrl(domain) { return domain && domain !== "google.com" ? "https://www.%/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4".replace("%", domain) : "https://www.google.com/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4"; }
function advertiserFrame(advertiser) { return "https://" + advertiser.src + ".fls.doubleclick.net/activityi;"; }
function workerUrl(version) { return "https://www.googletagmanager.com/static/service_worker/" + version + "/"; }
