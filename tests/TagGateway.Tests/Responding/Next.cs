using Microsoft.AspNetCore.Http;

namespace TagGateway.Tests.Responding;

/// <summary>The step behind the one under test: remembers whether it was asked.</summary>
internal sealed class Next
{
    public int Calls { get; private set; }

    public Task InvokeAsync(HttpContext context)
    {
        Calls++;
        return Task.CompletedTask;
    }
}
