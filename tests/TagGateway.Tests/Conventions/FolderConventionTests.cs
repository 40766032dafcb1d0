using System.Text.RegularExpressions;

namespace TagGateway.Tests.Conventions;

public sealed partial class FolderConventionTests
{
    private const string Gateway = "src/TagGateway";
    private const string Demo = "src/TagGateway.Demo";
    private const string Steps = "Receiving|Sites|TagScripts|Beacons|Pages|Upstream";
    private static readonly string[] CatchAlls = ["Utilities", "Utils", "Helpers", "Common", "Shared", "Models", "Interfaces"];

    [Fact]
    public void Folders_All_HaveANameOfTheirOwn() =>
        Assert.DoesNotContain(Repository.Folders("src").Concat(Repository.Folders("tests")), folder => CatchAlls.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    [Theory]
    [InlineData(Gateway)]
    [InlineData(Demo)]
    public void Namespaces_All_AreTheFolder(string project)
    {
        var wrong = Repository.Files(project, "*.cs").Where(file => !Repository.Read(file).Contains($"\nnamespace {NamespaceOf(file)};\n", StringComparison.Ordinal));

        Offenders.AssertNone(wrong.Where(file => !Repository.Read(file).StartsWith($"namespace {NamespaceOf(file)};\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Rewriting")]
    [InlineData("Html")]
    [InlineData("Caching")]
    [InlineData("Sanitizing")]
    [InlineData("Responding")]
    [InlineData("Routes")]
    public void Tools_AllFiles_UseNoStep(string tool) => Offenders.AssertNone(Repository.Find(Sources(tool), StepReference()));

    /// <summary>The way of a request goes down: what sends knows nothing of what asks it to.</summary>
    [Fact]
    public void Upstream_AllFiles_UseNoStepAboveIt() => Offenders.AssertNone(Repository.Find(Sources("Upstream"), Asker()));

    [Theory]
    [InlineData("Rewriting")]
    [InlineData("Html")]
    [InlineData("Sanitizing")]
    [InlineData("Routes")]
    public void PureTools_AllFiles_NeverSeeTheHttpContext(string tool) => Offenders.AssertNone(Repository.Find(Sources(tool), HttpContextWord()));

    [Fact]
    public void Rewriting_AllFiles_KnowsNoHttp() => Offenders.AssertNone(Repository.Find(Sources("Rewriting"), HttpWord()));

    [Fact]
    public void Routes_AllFiles_KnowsNoHttp() => Offenders.AssertNone(Repository.Find(Sources("Routes"), HttpWord()));

    [Fact]
    public void Gateway_AllFolders_LeaveTheDemoToCommands()
    {
        var files = Repository.Files(Gateway, "*.cs").Where(file => !file.StartsWith($"{Gateway}/Commands/", StringComparison.Ordinal));

        Offenders.AssertNone(Repository.Find(files, DemoReference()));
    }

    [Fact]
    public void Readme_EveryFolderOfTheGateway_IsNamed() => AssertNamedInReadme(Gateway);

    [Fact]
    public void Readme_EveryFolderOfTheDemo_IsNamed() => AssertNamedInReadme(Demo);

    private static void AssertNamedInReadme(string project)
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, "README.md")), "README.md is missing: it names every source folder");

        var readme = Repository.Read("README.md");
        var folders = Repository.Folders(project).Where(folder => Repository.Files(folder, "*.cs").Any());

        Offenders.AssertNone(folders.Where(folder => !readme.Contains(Path.GetFileName(folder) + "/", StringComparison.Ordinal)));
    }

    /// <summary>Empty for a folder that is not there yet.</summary>
    private static IEnumerable<string> Sources(string folder) =>
        Directory.Exists(Path.Combine(Repository.Root, Gateway, folder)) ? Repository.Files($"{Gateway}/{folder}", "*.cs") : [];

    private static string NamespaceOf(string file) => Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.'); // a file below src has a folder

    [GeneratedRegex($@"\bTagGateway\.({Steps})\b|\b({Steps})\.[A-Z]")]
    private static partial Regex StepReference();

    [GeneratedRegex(@"\bTagGateway\.(TagScripts|Beacons|Pages)\b")]
    private static partial Regex Asker();

    [GeneratedRegex(@"\b(HttpContext|IHttpContextAccessor|HttpRequest|HttpResponse|IFeatureCollection|RequestDelegate)\b")]
    private static partial Regex HttpContextWord();

    [GeneratedRegex(@"\b(Microsoft\.AspNetCore|Microsoft\.Net\.Http|System\.Net\.Http|IHeaderDictionary|HttpRequestMessage|HttpResponseMessage|Yarp)\b")]
    private static partial Regex HttpWord();

    [GeneratedRegex(@"\bTagGateway\.Demo\b|\bDemo\.[A-Z]")]
    private static partial Regex DemoReference();
}
