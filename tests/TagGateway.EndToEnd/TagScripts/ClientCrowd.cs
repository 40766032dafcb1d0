using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Visitors who are connected already and ask at the same moment.</summary>
internal sealed class ClientCrowd(IReadOnlyList<RawClient> clients) : IDisposable
{
    public static async Task<IReadOnlyList<RawClient>> ConnectAsync(string address, int count)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await RawClient.ConnectAsync(address));
        }

        return clients;
    }

    public Task<RawResponse[]> SendAsync(string request) => Task.WhenAll(clients.Select(async client =>
    {
        await client.WriteAsync(request);
        return await client.ReadAsync();
    }));

    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }
}
