/* Addresses as releases from mid 2025 to May 2026 write them: one whole literal each. */
function firstPartyKnown() { return yes('47'); }
function isServedFirstParty() { return yes('47') && blob['54'] !== 1; }
function releaseCode() { return text('14'); }

/* By Google's own numbers of its endpoints. */
function place(number) {
  switch (number) {
    case 1: return"https://ad.doubleclick.net/activity;";
    case 2: return"https://ade.googlesyndication.com/ddm/activity/";
    case 5: return"https://www.googleadservices.com/pagead/conversion";
    case 8: return"https://www.google.com/pagead/1p-conversion";
    case 9: return"https://googleads.g.doubleclick.net/pagead/viewthroughconversion";
    case 11: return"https://google.com/pagead/form-data";
    case 19: return"https://stats.g.doubleclick.net/g/collect";
    case 20: return"https://www.merchant-center-analytics.goog/mc/collect";
    case 21: return"https://www.google.com/ccm/form-data";
    case 22: return"https://www.googleadservices.com/ccm/conversion";
    case 36: return text('36');
    case 45: return"https://www.google.com/ccm/collect";
    case 51: return"https://www.google.com/travel/flights/click/conversion";
    case 54: return"https://www.google.com/measurement/conversion";
    case 55: return"https://pagead2.googlesyndication.com/measurement/conversion";
    case 57: return"https://www.googleadservices.com/pagead/set_partitioned_cookie";
    case 58: return"https://www.google.com/pagead/set_partitioned_cookie";
    case 66: return"https://www.google.com/pagead/uconversion";
    case 67: return"https://www.google.com/g/collect";
    case 68: return"https://www.google.com/rmkt/collect";
    case 69: return"https://ad.doubleclick.net/ccm/s/collect";
    case 75: return"https://td.doubleclick.net/td/rul";
    case 76: return"https://www.google.com/ccm/geo";
    case 77: return"https://pagead2.googlesyndication.com/pagead/gen_204";
  }
}

function scriptUrl(path) { return "https://" + text('3') + path; }
function diagnosticsUrl(path) { return "https://" + text('21') + path + "?id="; }
function propertyUrl(path) { return "https://" + (geo['4'] || "www") + ".google-analytics.com/" + path; }
function signalsUrl(path) { return "https://" + (geo['4'] ? geo['4'] + "." : "") + "analytics.google.com/" + path; }
function joinUrl(signals) {
  if (signals) return"https://{ga4CollectionSubdomain.}analytics.google.com/g/s/collect".replace("{ga4CollectionSubdomain.}", geo['4'] ? geo['4'] + '.' : '');
  return"https://{ga4CollectionSubdomain.}google-analytics.com/g/s/collect".replace("{ga4CollectionSubdomain.}", (geo['4'] || 'www') + '.');
}
function audiencesUrl(domain) { return domain && domain !== "google.com" ? "https://www.%/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4".replace("%", domain) : "https://www.google.com/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4"; }
function advertiserFrame(advertiser) { return "https://" + advertiser.src + ".fls.doubleclick.net/activityi;"; }
function workerUrl(version) { return "https://www.googletagmanager.com/static/service_worker/" + version + "/"; }
