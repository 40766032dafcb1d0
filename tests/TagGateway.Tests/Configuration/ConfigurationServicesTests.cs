using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class ConfigurationServicesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddConfiguration_LoadedConfiguration_RegistersTheSettingsAndTheirReload()
    {
        var input = _folder.Input(new ConfigurationFlags { Tag = "G-A", Path = "/f807" });
        var loaded = ConfigurationLoader.Load(input);

        using var services = new ServiceCollection().AddLogging().AddConfiguration(loaded, input).BuildServiceProvider();

        Assert.Same(loaded.Settings, services.GetRequiredService<CurrentSettings>().Value);
        Assert.IsType<ConfigurationReload>(Assert.Single(services.GetServices<IHostedService>()));
    }

    [Fact]
    public void AddConfiguration_WithErrors_IsABug()
    {
        var input = _folder.Input();

        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddConfiguration(ConfigurationLoader.Load(input), input));
    }
}
