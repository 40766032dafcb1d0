namespace TagGateway.Html;

/// <summary>What became of one page; complete when the page is.</summary>
internal sealed class PageFindings
{
    /// <summary>Tags, hints and frames that were made first-party.</summary>
    public int Rewritten { get; set; }

    /// <summary>A tag was injected.</summary>
    public bool IsInjected { get; set; }

    public PageReason Reason { get; private set; }

    /// <summary>The first reason stays.</summary>
    public void Leave(PageReason reason) => Reason = Reason == PageReason.None ? reason : Reason;
}
