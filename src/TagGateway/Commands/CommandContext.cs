using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary>What the commands find around them, so that tests can run them in process.</summary>
/// <param name="Input">Environment and working directory; each command puts its own flags in.</param>
/// <param name="Build">Makes the gateway of a configuration without errors; not started.</param>
/// <param name="StartDemo">Starts what the demo's gateway stands between; null: there is no demo.</param>
internal sealed record CommandContext(
    ConfigurationInput Input,
    Func<LoadedConfiguration, ConfigurationInput, WebApplication> Build,
    Func<DemoStageOptions, CancellationToken, Task<DemoStage>>? StartDemo = null);
