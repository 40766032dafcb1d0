namespace TagGateway.Demo.Google;

/// <summary>How Google is set up for a test or the demo: what its tags do and how its hosts behave. Replaced whole, never changed.</summary>
/// <remarks>Its setters are for the generated JSON reader, which would give an unnamed init-only property no default.</remarks>
internal sealed record GoogleScenario
{
    /// <summary>A host serves only its own tag (and, for a container, its children); other ids get 400. Default: any id, as Google does.</summary>
    public bool OnlyOwnTag { get; set; }

    /// <summary>The container ids (upper case) and the tags each of them loads.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Containers { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Size of <c>x-encrypted-debug-headers</c> on answers to a preview request. 0 = the header is not sent.</summary>
    public int DebugHeaderBytes { get; set; }

    /// <summary>Scripts carry blob key 58 and ask for child scripts and cookies by opaque tokens.</summary>
    public bool OpaquePaths { get; set; } = true;

    /// <summary>Visitors in Europe get <c>region1</c> in blob key 22: their hits go straight to Google's regional host. Ordinary hosts always do so.</summary>
    public bool RegionalCollection { get; set; }

    /// <summary>The script asks <c>www.googletagmanager.com</c> once a day whether it can be reached (<c>gtg_health</c>).</summary>
    public bool HealthProbe { get; set; }

    /// <summary>Hits go as POST to the measurement path itself, path and query hidden in the body (experiment 547).</summary>
    public bool RootPost { get; set; }

    /// <summary>Google signals: hits go to <c>ag/g/c</c> (<c>analytics.google.com</c>) instead of <c>ga/g/c</c>, and to advertising besides.</summary>
    public bool Signals { get; set; }

    /// <summary>The script asks for server-set copies of its cookies (experiment 495).</summary>
    public bool SetCookie { get; set; } = true;

    /// <summary>The script loads the service worker's iframe and sends user data through the worker.</summary>
    public bool ServiceWorker { get; set; } = true;

    /// <summary>A first-party script also sends what stays third-party by design: joins, audiences, granted Ads traffic. Default off: no test
    /// calls Google. Scripts of the ordinary hosts always send it.</summary>
    public bool ThirdPartyHits { get; set; }

    /// <summary>Blob key 54: 0 = absent, 1 = served as a fallback (switches first-party routing off), 2 = marked only.</summary>
    public int Fallback { get; set; }

    /// <summary>Scripts report on themselves: <c>a</c> when they start, <c>td</c> when the page goes.</summary>
    public bool Diagnostics { get; set; }

    /// <summary>Where Google takes the asker of its ordinary hosts to be, by his address: a country or ISO 3166-2 region. Headers cannot tell them.</summary>
    public string AskerRegion { get; set; } = "US-CA";

    /// <summary>Such as <c>google.de</c>: pixels on <c>www.google.com</c> are redirected to that domain of Google's. "" = they are answered.</summary>
    public string RedirectDomain { get; set; } = "";

    /// <summary>Conversions and server-container hits are answered with instructions that name further hosts of Google.</summary>
    public bool RichAnswers { get; set; }

    /// <summary>A form of address that no real script has had so far, for one more hit at the page's load: <c>template</c>, <c>joined</c> or
    /// <c>charCodes</c> (files of <c>Tag/Unknown</c>). "" = none.</summary>
    public string UnknownForm { get; set; } = "";

    /// <summary>Google's release code in scripts and hits: another one makes another script. It chooses the spelling too, see <see cref="TagSpelling"/>.</summary>
    public string Release { get; set; } = "6b91";

    /// <summary>Scripts are filled up to so many bytes, as real ones have 400,000. 0 = as small as they are.</summary>
    public int ScriptBytes { get; set; }
}
