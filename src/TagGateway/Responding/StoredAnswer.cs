using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using TagGateway.Caching;

namespace TagGateway.Responding;

/// <summary>Sends a stored body by the best way that the connection offers: lent to it, or copied.</summary>
internal static class StoredAnswer
{
    /// <summary>The whole body with its length, or the length alone to a HEAD. Complete when the kernel has all of it, or the visitor has left: no error.</summary>
    /// <param name="context">Whose response has not begun, and has its status and headers.</param>
    /// <param name="body">The caller has a reference, and may release it as soon as the call has returned its task.</param>
    public static Task WriteAsync(HttpContext context, StoredBytes body)
    {
        context.Response.ContentLength = body.Length;
        // Not HttpMethods.IsHead: for "head" the server waits for the body.
        if (context.Request.Method == HttpMethods.Head)
        {
            return Task.CompletedTask;
        }

        ObjectDisposedException.ThrowIf(!body.TryRetain(), body);
        return body.File is not null && context.Features.Get<LendingOutput>() is { } output
            ? LendAsync(context, body, output)
            : CopyAsync(context, body);
    }

    private static async Task LendAsync(HttpContext context, StoredBytes body, LendingOutput output)
    {
        try
        {
            await context.Response.StartAsync();
            var writer = context.Response.BodyWriter;
            if (output.TryOffer(body))
            {
                writer.GetMemory();
            }

            if (!output.IsOfferSeen)
            {
                output.Withdraw();
                await writer.WriteAsync(body.Memory);
                return;
            }

            AllowItsTime(context, body.Length);
            writer.Advance(body.Length);
            await writer.FlushAsync();
        }
        finally
        {
            output.Withdraw();
            body.Release();
        }
    }

    private static async Task CopyAsync(HttpContext context, StoredBytes body)
    {
        try
        {
            await context.Response.BodyWriter.WriteAsync(body.Memory);
        }
        finally
        {
            body.Release();
        }
    }

    /// <summary>The server's minimum data rate does not count bytes that were not written through it: a slow visitor would be dropped after the
    /// grace period. So that is made as long as the same bytes, written, would be given.</summary>
    private static void AllowItsTime(HttpContext context, int bytes)
    {
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { MinDataRate: { } rate } feature)
        {
            feature.MinDataRate = new MinDataRate(rate.BytesPerSecond, rate.GracePeriod + TimeSpan.FromSeconds(bytes / rate.BytesPerSecond));
        }
    }
}
