namespace TagGateway.Demo.Google;

/// <summary>All that decides the bytes of a tag script.</summary>
/// <remarks><c>Id</c> is the tag asked for, <c>HostTag</c> the one whose host was asked: its key hides paths.</remarks>
internal sealed record TagScriptKey(
    string Id, string HostTag, string MeasurementPath, string Layer, VisitorGeo? Geo, GoogleScenario Scenario);
