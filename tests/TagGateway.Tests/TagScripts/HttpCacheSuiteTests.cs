using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.Caching;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

/// <summary>The public suite http-cache-tests, its server played: <c>HttpCacheSuite.txt</c> has the cases, what is claimed, and every departure with its
/// reason.</summary>
public sealed class HttpCacheSuiteTests
{
    private const int Claimed = 154;
    private const int Departures = 24;

    private static readonly Dictionary<string, SuiteCase> Cases = SuiteCase.ReadAll(
        Path.Combine(TempFolder.Repository, "tests/TagGateway.Tests/TagScripts/HttpCacheSuite.txt"));

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void Cases_Claimed_AreAsManyAsTheTableSays()
    {
        var required = Cases.Values.Where(known => !known.IsControl).ToList();

        Assert.Equal((Claimed, Departures), (required.Count, required.Count(known => known.Reason is not null)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_OfTheSuite_EndsAsItSays(string name)
    {
        var known = Cases[name];
        var policy = known.Group == "stale" ? SomeScripts.Policy : new CachePolicy(TimeSpan.FromDays(1), TimeSpan.Zero, TimeSpan.Zero);
        using var step = new SomeStep(SomeSite.Create(tags: ["G-MAIN1"], scripts: policy));
        var start = step.Scripts.Time.GetUtcNow();
        HttpContext? before = null;

        for (var i = 0; i < known.Steps.Count; i++)
        {
            var (now, number) = (known.Steps[i], i);
            Play(step, number, now, i == 0 ? [] : known.Steps[i - 1]);

            var query = "?id=G-MAIN1" + (now.FirstOrDefault(part => part[0] == '?') is { } more ? $"&{more[1..]}" : "");
            var context = await step.InvokeAsync(query: query, prepare: visitor => Prepare(visitor, now, before, start));
            if (context.Response.Headers["Cache-Status"].ToString().Contains("ttl=-", StringComparison.Ordinal))
            {
                await step.Scripts.Time.RunAsync(step.Scripts.Fills.JoinAsync(step.Scripts.Load(query, site: step.Site), null, out _));
            }

            foreach (var part in now)
            {
                Check(part, number, context, step, before, start);
            }

            before = context;
            step.Scripts.Time.Advance(now.Contains("pause") ? TimeSpan.FromSeconds(3) : TimeSpan.Zero);
        }
    }

    /// <summary>What Google does in this step, whichever way it is asked.</summary>
    private static void Play(SomeStep step, int number, IReadOnlyList<string> now, IReadOnlyList<string> former)
    {
        step.Passed.Yarp.Answers.Clear();
        if (now.Contains("disconnect"))
        {
            step.Scripts.Google.Always(() => throw new HttpRequestException("no connection"));
            return;
        }

        var time = step.Scripts.Time;
        step.Scripts.Google.Always((request, _) => Task.FromResult(Answer(number, now, request, former, time)));
        step.Passed.Yarp.Answers.Enqueue(() => Answer(number, now, null, former, time));
    }

    private static HttpResponseMessage Answer(int number, IReadOnlyList<string> now, HttpRequestMessage? request, IReadOnlyList<string> former, TimeProvider time)
    {
        var status = int.Parse(Value(now, "status=") ?? "200", CultureInfo.InvariantCulture);
        if (now.Contains("etag_validated") || now.Contains("lm_validated"))
        {
            var isAsked = Sent(request, "If-None-Match") is { } tag && former.Contains($"ETag: {tag}")
                || (Sent(request, "If-Modified-Since") is { } date && former.Contains($"Last-Modified: {date}"));
            status = isAsked ? 304 : 500;
        }

        var body = Encoding.UTF8.GetBytes($"s={number};".PadRight(int.Parse(Value(now, "Content-Length: ") ?? "0", CultureInfo.InvariantCulture)));
        if (now.Contains("Content-Encoding: br"))
        {
            using var encoded = new PooledBuffer();
            Compression.Encode(ContentCoding.Brotli, body, encoded);
            body = encoded.Span.ToArray();
        }

        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(status is 304 or 204 ? [] : body) };
        if (status != 304)
        {
            answer.Headers.TryAddWithoutValidation("Step", number.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var header in now.Where(SuiteCase.IsHeader).Select(part => part.Split(": ", 2)))
        {
            var (name, text) = (header[0], Dated(header[0], header[1], time.GetUtcNow()));
            _ = answer.Headers.TryAddWithoutValidation(name, text) || answer.Content.Headers.TryAddWithoutValidation(name, text);
        }

        _ = answer.Content.Headers.NonValidated.Contains("Content-Type") || answer.Content.Headers.TryAddWithoutValidation("Content-Type", "text/javascript");
        return answer;
    }

    private static void Prepare(HttpContext visitor, IReadOnlyList<string> now, HttpContext? before, DateTimeOffset start)
    {
        foreach (var part in now.Where(part => part[0] == '>'))
        {
            var (name, value) = (part[1..].Split(": ", 2)[0], part[1..].Split(": ", 2)[1]);
            visitor.Request.Headers[name] = value == "$tag" ? before!.Response.Headers.ETag.ToString() : Dated(name, value, start);
        }
    }

    private static void Check(string part, int number, HttpContext context, SomeStep step, HttpContext? before, DateTimeOffset start)
    {
        var (status, headers) = (context.Response.StatusCode, context.Response.Headers);
        var from = status == 304 ? -1 : int.TryParse(headers["Step"], out var of) ? of : int.MaxValue;
        var (word, rest) = (part.Split(' ')[0], part.Contains(' ', StringComparison.Ordinal) ? part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "");
        switch (word)
        {
            case "cached":
                Assert.True(from < number, $"step {number} was answered by step {from}, status {status}");
                Assert.True(status is 200 or 304, $"status {status}");
                Assert.True(status == 304 || SomeContext.BodyOf((DefaultHttpContext)context).Length > 0);
                break;
            case "not_cached":
                Assert.True(from >= number, $"step {number} was answered by step {from}");
                break;
            case "etag_validated" or "lm_validated":
                Assert.NotNull(Sent(step.Scripts.Google.Asked.Last(), word == "etag_validated" ? "If-None-Match" : "If-Modified-Since"));
                Assert.Equal((number - 1, 200), (Math.Max(from, number - 1), status));
                Assert.True(from < number, "the kept answer was not used");
                break;
            case "has":
                var (name, value) = (rest.Split(": ", 2)[0], rest.Split(": ", 2)[1]);
                Assert.Equal(value == "$tag" ? before?.Response.Headers.ETag.ToString() : Dated(name, value, start), headers[name].ToString());
                break;
            case "lacks":
                Assert.False(headers.ContainsKey(rest), $"{rest}: {headers[rest]}");
                break;
            case "older":
                Assert.InRange(int.Parse(headers.Age.ToString(), CultureInfo.InvariantCulture), int.Parse(rest, CultureInfo.InvariantCulture) + 1, int.MaxValue);
                break;
            case "unsent":
                Assert.All(step.Scripts.Google.Asked.Concat(step.Passed.Yarp.Sent), request => Assert.Null(Sent(request, rest)));
                break;
            default:
                Assert.True(part == $"is={status}" || SuiteCase.IsSaid(part), $"{part}: is not understood, or not so: {status}");
                break;
        }
    }

    private static string? Sent(HttpRequestMessage? request, string name) =>
        request is not null && request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string? Value(IReadOnlyList<string> parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    /// <summary>A date in seconds from now, or any other value as it stands.</summary>
    private static string Dated(string name, string value, DateTimeOffset now) =>
        name is "Date" or "Expires" or "Last-Modified" or "If-Modified-Since" && int.TryParse(value, CultureInfo.InvariantCulture, out var seconds)
            ? now.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture)
            : value.TrimStart('=');
}
