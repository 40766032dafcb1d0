namespace TagGateway.Demo.Google;

/// <summary>All that decides the bytes of a tag script.</summary>
/// <remarks><c>Id</c> is the tag asked for, <c>HostTag</c> the one whose host was asked: its key hides paths. <c>MeasurementPath</c> is "" on
/// Google's ordinary hosts.</remarks>
internal sealed record TagScriptKey(
    string Id, string HostTag, string MeasurementPath, string Layer, VisitorGeo? Geo, GoogleScenario Scenario)
{
    /// <summary>False for the script of an ordinary host.</summary>
    public bool IsFirstParty => MeasurementPath.Length > 0;

    /// <summary>A GTM container, not a single tag.</summary>
    public bool IsContainer => Id.StartsWith("GTM-", StringComparison.Ordinal);

    public TagSpelling Spelling => TagSpelling.Of(this);
}
