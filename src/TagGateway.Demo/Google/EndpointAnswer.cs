namespace TagGateway.Demo.Google;

/// <summary>The forms in which Google's ordinary hosts answer.</summary>
internal enum EndpointAnswer
{
    /// <summary>A gtag or GTM script, made for whoever asks.</summary>
    TagScript,

    /// <summary>The script of Google Analytics before GA4.</summary>
    LegacyScript,

    /// <summary>A script for Tag Assistant.</summary>
    DebugScript,
    WorkerFile,

    /// <summary>204 with the headers of GA4's collection; a stream of instructions to a query that ends in <c>richsstsse</c>.</summary>
    Collect,

    /// <summary>An image of one pixel.</summary>
    Pixel,

    /// <summary>A pixel, or a redirect to Google's domain of a country when the scenario names one.</summary>
    RegionalPixel,

    /// <summary>A pixel; a stream of instructions when the scenario has rich answers.</summary>
    Conversion,

    /// <summary>A script that fires further pixels.</summary>
    RemarketingScript,

    /// <summary>The one letter and more that tells the script of before GA4 what to ask next.</summary>
    LegacyVerdict,

    /// <summary>204 with a partitioned cookie of the host itself.</summary>
    PartitionedCookie,
    Html,
    Geo,
}
