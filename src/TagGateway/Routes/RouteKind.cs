namespace TagGateway.Routes;

/// <summary>What a route of Google's answers with, and so what its answer may do on the site's own origin.</summary>
internal enum RouteKind
{
    /// <summary>Any other measurement request: its answer is a pixel, a few words, or nothing. It runs nowhere.</summary>
    Hit,

    /// <summary>A tag's script: <c>gtag/js</c>, <c>gtm.js</c>, <c>gtag/destination</c>, <c>analytics.js</c> and its plugins. Only of tags that the site allows.</summary>
    Script,

    /// <summary>A hit that is answered with JavaScript, which the tag means to run: remarketing.</summary>
    ScriptAnswer,

    /// <summary><c>ns.html</c>: a page of images for browsers without scripts. Only of tags that the site allows.</summary>
    NoScriptPage,

    /// <summary><c>sw_iframe.html</c>: registers the worker, the one document of Google that has to run on the site's origin.</summary>
    WorkerPage,

    /// <summary><c>sw.js</c>.</summary>
    Worker,

    /// <summary>A hit in a frame: Floodlight, Protected Audience.</summary>
    Frame,

    /// <summary>What the tag loads for people who look after it: never served from the site's origin, the browser is sent to Google for it.</summary>
    Elsewhere,
}
