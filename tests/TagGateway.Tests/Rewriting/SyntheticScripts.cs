using TagGateway.Demo.Google;

namespace TagGateway.Tests.Rewriting;

/// <summary>The scripts that the stand-in for Google makes: tags and containers in every spelling.</summary>
internal static class SyntheticScripts
{
    private static readonly string[] Releases = ["4bc0", "5b40", "66c1"];

    private static readonly string[] Ids = ["G-ABC123", "GTM-ABC123", "AW-123456"];

    public static IReadOnlyList<(string Name, byte[] Script)> All() =>
    [
        .. from release in Releases
           from id in Ids
           select ($"{release} {id}", Build(id, new GoogleScenario { Release = release })),
    ];

    public static byte[] Large(int bytes) => Build("G-ABC123", new GoogleScenario { ScriptBytes = bytes });

    private static byte[] Build(string id, GoogleScenario scenario) => TagScript.Build(new TagScriptKey(id, id, "", "dataLayer", VisitorGeo.Parse("IE-L"), scenario));
}
