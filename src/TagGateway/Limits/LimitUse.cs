namespace TagGateway.Limits;

/// <summary>A limit, and what is used of it.</summary>
/// <param name="Name">The value of the metric's label <c>limit</c>.</param>
/// <param name="Limit">In the limit's own unit.</param>
/// <param name="Used">Likewise.</param>
internal readonly record struct LimitUse(string Name, long Limit, long Used)
{
    public KeyValuePair<string, object?> Label => new("limit", Name);
}
