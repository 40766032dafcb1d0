using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>A folder of its own for one test, deleted afterwards; loads configurations as if the program ran in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("taggateway-").FullName;

    /// <summary>The top of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public ConfigurationInput Input(ConfigurationFlags? flags = null, params (string Name, string Value)[] environment) =>
        new(flags ?? ConfigurationFlags.None, environment.ToDictionary(variable => variable.Name, variable => variable.Value), Path);

    public LoadedConfiguration Load(ConfigurationFlags? flags = null, params (string Name, string Value)[] environment) =>
        ConfigurationLoader.Load(Input(flags, environment));

    /// <summary>Loads <paramref name="json"/> as the file that is read when none is named.</summary>
    public LoadedConfiguration LoadFile(string json, params (string Name, string Value)[] environment)
    {
        Write(ConfigurationFile.DefaultPath, json);
        return Load(null, environment);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "TagGateway.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("TagGateway.sln is nowhere above the tests");
        }

        return folder;
    }
}
