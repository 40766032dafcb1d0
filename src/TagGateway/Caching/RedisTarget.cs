using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace TagGateway.Caching;

/// <summary>Which Redis, and how to connect to it. Holds the password: nothing of it is for a log or a message.</summary>
internal sealed class RedisTarget
{
    private const int ConnectTimeoutMilliseconds = 1000;
    private const int CommandTimeoutMilliseconds = 500;
    private const int ReconnectMilliseconds = 1000;
    private const int KeepAliveSeconds = 10;

    private readonly string _text;

    private RedisTarget(string text, ConfigurationOptions options) => (_text, Options) = (text, options);

    /// <summary>Not to be changed.</summary>
    public ConfigurationOptions Options { get; }

    public TimeSpan CommandTimeout => TimeSpan.FromMilliseconds(Options.AsyncTimeout);

    /// <summary>False for what is no connection string of StackExchange.Redis, such as <c>redis:6379,password=…,ssl=true</c>; then
    /// <paramref name="problem"/> says so, without quoting.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RedisTarget? target, out string problem)
    {
        (target, problem) = (null, "must be a connection string of StackExchange.Redis, such as \"redis:6379,password=…,ssl=true\" (it is not repeated here: it may hold a password)");
        if (text.Contains("://", StringComparison.Ordinal))
        {
            problem = "must not be a URL: write \"redis:6379,user=…,password=…,ssl=true\" (it is not repeated here: it may hold a password)";
            return false;
        }

        try
        {
            var options = ConfigurationOptions.Parse(text);
            if (options.EndPoints.Count > 0)
            {
                Complete(options, text);
                target = new RedisTarget(text, options);
            }
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // Its message quotes the text.
        }

        return target is not null;
    }

    public bool IsSame(RedisTarget? other) => other?._text == _text;

    /// <summary>For debuggers and logs.</summary>
    public override string ToString() => "Redis";

    /// <summary>Nobody waits for Redis: neither the start nor, longer than the blink of an eye, a visitor. What the operator says himself stays,
    /// but for what would end the program or queue up while Redis is away.</summary>
    private static void Complete(ConfigurationOptions options, string text)
    {
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        options.IncludeDetailInExceptions = false;
        options.ConnectTimeout = Said("connectTimeout") ? options.ConnectTimeout : ConnectTimeoutMilliseconds;
        options.ConnectRetry = Said("connectRetry") ? options.ConnectRetry : 1;
        options.KeepAlive = Said("keepAlive") ? options.KeepAlive : KeepAliveSeconds;
        options.ClientName = Said("name") ? options.ClientName : "taggateway";
        // Keys and channels of the library's own, that an access list made for ours would not allow.
        options.TieBreaker = Said("tiebreaker") ? options.TieBreaker : "";
        options.ConfigurationChannel = Said("configChannel") ? options.ConfigurationChannel : "";
        options.SyncTimeout = Said("syncTimeout") ? options.SyncTimeout : CommandTimeoutMilliseconds;
        options.AsyncTimeout = Said("asyncTimeout") ? options.AsyncTimeout : options.SyncTimeout;

        bool Said(string name) => text.Split(',').Any(part => part.TrimStart().StartsWith(name + "=", StringComparison.OrdinalIgnoreCase));
    }
}
