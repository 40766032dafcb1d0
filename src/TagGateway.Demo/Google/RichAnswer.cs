using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TagGateway.Demo.Google;

/// <summary>Answers that the tag obeys: a stream of blocks <c>event: message\ndata: {json}\n\n</c> that name addresses to call.</summary>
internal static class RichAnswer
{
    /// <summary>The last key of the query, without a value, says that the asker reads such a stream.</summary>
    public static bool IsAskedFor(GoogleRoute route) => route.Query.EndsWith("&richsstsse", StringComparison.Ordinal);

    /// <summary>To a hit of a server container.</summary>
    public static GoogleAnswer OfHit(RecordedRequest request) => Stream(
        request,
        Block(["https://www.google.com/pagead/1p-user-list/1000001/?from=hit"], [], null),
        Block([], ["${transport_url}/g/collect?v=2&en=server_echo"], null));

    /// <summary>To a conversion: pixels, a further request, and where to go when that one fails.</summary>
    public static GoogleAnswer OfConversion(RecordedRequest request) => Stream(
        request,
        Block(["https://www.google.com/pagead/1p-user-list/1000001/?from=conversion", "https://ad.doubleclick.net/activity;src=1;type=rich;cat=answer;ord=1?"], [], null),
        Block([], ["https://www.google.com/pagead/1p-conversion/1000001/?from=conversion"], "https://pagead2.googlesyndication.com/pagead/conversion/1000001/?from=fallback"));

    private static GoogleAnswer Stream(RecordedRequest request, params ReadOnlySpan<string> blocks) =>
        HitAnswer.Text(request, "text/event-stream", string.Concat(blocks));

    private static string Block(IReadOnlyList<string> pixels, IReadOnlyList<string> fetches, string? fallback)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            WriteList(json, "send_pixel", pixels);
            WriteList(json, "fetch", fetches);
            if (fallback is not null)
            {
                json.WriteStartObject("options");
                json.WriteString("fallback_url", fallback);
                json.WriteString("fallback_url_method", "send_pixel");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return $"event: message\ndata: {Encoding.UTF8.GetString(bytes.WrittenSpan)}\n\n";
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> addresses)
    {
        if (addresses.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (var address in addresses)
            {
                json.WriteStringValue(address);
            }

            json.WriteEndArray();
        }
    }
}
