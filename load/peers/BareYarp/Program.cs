using Yarp.ReverseProxy.Configuration;

// A peer in load/race.sh and load/attacks: YARP as it comes, one route to one cluster, and nothing else.
// Usage: BareYarp LISTEN UPSTREAM HOST (its own address, where requests go, and the name they are for).
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.WebHost.UseUrls(args[0]).UseKestrelHttpsConfiguration(); // further addresses: Kestrel's own settings, in the environment
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "google", Match = new RouteMatch { Path = "{**path}" } }],
    [new ClusterConfig { ClusterId = "google", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = args[1], Host = args[2] } } }]);

var app = builder.Build();
app.MapReverseProxy();
app.Run();
