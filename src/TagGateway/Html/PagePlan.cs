namespace TagGateway.Html;

/// <summary>What is to become of one page.</summary>
/// <param name="Tags">The site's wishes.</param>
/// <param name="Policies">Of the answer's headers.</param>
internal sealed record PagePlan(TagPlan Tags, ContentPolicies Policies)
{
    /// <summary>False for answers that are no page of their own, such as errors: tags in them are rewritten, none is injected.</summary>
    public bool MayInject { get; init; } = true;

    /// <summary>The answer's headers name the charset: nothing has to stay within the first kilobyte for the browser to find it.</summary>
    public bool NamesCharset { get; init; }

    /// <summary>Under which the browser knows the site: <c>https://www.shop.example</c>, for pages whose <c>base</c> leads elsewhere; null: not known.</summary>
    public string? Origin { get; init; }
}
