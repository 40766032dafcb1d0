using Yarp.ReverseProxy.Configuration;

// The measure of load/race.sh: YARP as it comes, one route to one cluster, and nothing else.
// Usage: BareYarp UPSTREAM HOST (where hits go, and the name they are for); prints the address it listens on.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "google", Match = new RouteMatch { Path = "{**path}" } }],
    [new ClusterConfig { ClusterId = "google", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = args[0], Host = args[1] } } }]);

var app = builder.Build();
app.MapReverseProxy();
app.Run();
