using TagGateway.Limits;

namespace TagGateway.TagScripts;

/// <summary>Limits the scripts that are passed on uncached at a time: each is held whole until it has been read. What clients can make up has a limit of its own.</summary>
internal sealed class PassLimits(ClientWork work)
{
    /// <summary>A page in a debugging session asks for 10 to 20 at once.</summary>
    private const int MostUntrustedOfOne = 24;
    private const int MostOfOne = 48;

    private readonly ClientCounts _untrusted = new(Math.Min(96, OpenFiles.Upstream / 2), MostUntrustedOfOne);
    private readonly ClientCounts _others = new(Math.Min(384, OpenFiles.Upstream * 3 / 4), MostOfOne);

    /// <summary>Counts a request, to be ended by <see cref="End"/>; false, and nothing counted, when there are too many, or the client has had its share.</summary>
    /// <param name="account">What clients cannot make up is charged to none: where a site keeps no scripts, each visitor's load comes this way.</param>
    /// <param name="client">Who asks; null: nobody that can be told apart from others.</param>
    public bool TryBegin(WorkAccount account, ClientKey? client)
    {
        var counts = CountsOf(account);
        if (!counts.TryAdd(client))
        {
            return false;
        }

        if (work.TrySpend(account, ClientWork.Fetch))
        {
            return true;
        }

        counts.Remove(client);
        return false;
    }

    public void End(WorkAccount account, ClientKey? client) => CountsOf(account).Remove(client);

    private ClientCounts CountsOf(WorkAccount account) => account.Lane == CpuLane.Untrusted ? _untrusted : _others;
}
