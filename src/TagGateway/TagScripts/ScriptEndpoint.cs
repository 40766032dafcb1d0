namespace TagGateway.TagScripts;

/// <summary>Which of Google's script addresses a request stands for.</summary>
internal enum ScriptEndpoint
{
    /// <summary><c>gtag/js</c>, or <c>gtm.js</c> for a container.</summary>
    Tag,

    /// <summary><c>gtag/destination</c>.</summary>
    Destination,
}
