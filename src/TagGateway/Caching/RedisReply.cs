namespace TagGateway.Caching;

/// <summary>What came of a command to Redis.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Value">Redis's word, when it was <see cref="RedisOutcome.Answered"/>.</param>
/// <param name="Reason">Else why: one word, never a message.</param>
internal readonly record struct RedisReply<T>(RedisOutcome Outcome, T? Value = default, string Reason = "")
{
    public bool IsAnswered => Outcome == RedisOutcome.Answered;
}
