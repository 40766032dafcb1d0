using System.Text;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Rewriting;
using TagGateway.Tests.Limits;

namespace TagGateway.Tests.Caching;

public sealed class VariantsTests : IDisposable
{
    private static readonly byte[] Script = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"var v{i}={i * 7919};")));
    private readonly MemoryStore _memory = new(() => 8 * 1024 * 1024);
    private readonly Variants _variants;

    private readonly SomeWork _work = new();

    public VariantsTests() => _variants = new Variants(_memory, _work.Lanes, _work.Work, _work.Leases);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void TryRetain_CodingItCameIn_IsItsOwnBody()
    {
        var entry = Keep(ContentCoding.Brotli);

        var body = _variants.TryRetain(entry.Content, ContentCoding.Brotli);

        Assert.Same(entry.Body, body);
        body?.Release();
    }

    [Fact]
    public void TryRetain_CodingThatNobodyAskedFor_IsNotThere() => Assert.Null(_variants.TryRetain(Keep(ContentCoding.Brotli).Content, ContentCoding.Gzip));

    [Theory]
    [InlineData((int)ContentCoding.Identity, (int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Identity, (int)ContentCoding.Brotli)]
    [InlineData((int)ContentCoding.Gzip, (int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip, (int)ContentCoding.Brotli)]
    [InlineData((int)ContentCoding.Brotli, (int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Brotli, (int)ContentCoding.Gzip)]
    public async Task Get_OtherCoding_IsMadeOnceAndKept(int from, int to)
    {
        var entry = Keep((ContentCoding)from);

        var first = await _variants.GetAsync(entry.Content, (ContentCoding)to, WorkAccount.Own, lease: null);
        var second = _variants.TryRetain(entry.Content, (ContentCoding)to);

        Assert.NotNull(first);
        Assert.Same(first, second);
        Assert.Equal(Script, Decode((ContentCoding)to, first.Memory.Span));
        first.Release();
        second?.Release();
    }

    [Fact]
    public async Task Get_ManyAtOnce_GetOneBody()
    {
        var entry = Keep(ContentCoding.Brotli);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _variants.GetAsync(entry.Content, ContentCoding.Identity, WorkAccount.Own, lease: null)));

        Assert.Single(bodies.Distinct());
        Assert.Equal(2, _memory.Count);
        Assert.All(bodies, body => body?.Release());
    }

    /// <summary>Between a visitor's look for it and his asking for it to be made it may have been made.</summary>
    [Fact]
    public async Task Get_MadeMeanwhile_IsNotMadeAgain()
    {
        var entry = Keep(ContentCoding.Brotli);

        var first = await _variants.GetAsync(entry.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null);
        var second = await _variants.GetAsync(entry.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null);

        Assert.Same(first, second);
        first?.Release();
        second?.Release();
    }

    [Fact]
    public async Task Get_EntryReplacedByAnother_IsOfTheEntryThatWasAsked()
    {
        var old = Keep(ContentCoding.Identity, "old");
        (await _variants.GetAsync(old.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null))?.Release();
        old.Body.TryRetain();
        var newer = Keep(ContentCoding.Identity, "new");

        Assert.Null(_variants.TryRetain(newer.Content, ContentCoding.Gzip));
        var ofNewer = await _variants.GetAsync(newer.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null);
        var ofOld = await _variants.GetAsync(old.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null);

        Assert.Equal("new", Encoding.UTF8.GetString(Decode(ContentCoding.Gzip, ofNewer!.Memory.Span)));
        Assert.Equal("old", Encoding.UTF8.GetString(Decode(ContentCoding.Gzip, ofOld!.Memory.Span)));
    }

    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    public async Task Get_EntryThatIsGone_IsNull(int coding)
    {
        var entry = Keep(ContentCoding.Identity);
        _memory.Remove(PurgeScope.All);

        Assert.Null(_variants.TryRetain(entry.Content, (ContentCoding)coding));
        Assert.Null(await _variants.GetAsync(entry.Content, (ContentCoding)coding, WorkAccount.Own, lease: null));
        Assert.Equal(0, _memory.Bytes);
    }

    /// <summary>What does not fit is made for each who asks.</summary>
    [Fact]
    public async Task Get_StoreThatIsTooSmallForIt_IsMadeAllTheSame()
    {
        var small = new MemoryStore(() => 20 * 1024);
        var entry = SomeEntry.Create(Encode(ContentCoding.Brotli, Script), coding: ContentCoding.Brotli);
        var variants = new Variants(small, _work.Lanes, _work.Work, _work.Leases);

        var body = await variants.GetAsync(entry.Content, ContentCoding.Identity, WorkAccount.Own, lease: null);

        Assert.True(body?.Memory.Span.SequenceEqual(Script));
        Assert.Equal(0, small.Bytes);
        body?.Release();
        Assert.False(body?.TryRetain());
    }

    [Fact]
    public async Task Get_AfterTheVisitorsHaveBeenServed_OnlyTheStoreHoldsIt()
    {
        var entry = Keep(ContentCoding.Brotli);

        var body = await _variants.GetAsync(entry.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null);
        body?.Release();
        _memory.Remove(PurgeScope.All);

        Assert.False(body?.TryRetain());
        Assert.False(entry.Body.TryRetain());
    }

    [Fact]
    public async Task Get_Template_IsFilledForEachHostAndRegion()
    {
        var entry = KeepTemplate("x(\"\u00FFo\u00FFp/-/\");y=\"\u00FFt\"");

        var shop = await TextAsync(entry, new TemplateValues("https", "shop.example", "/f807", GooglePlace.Of("DE-BY")));
        var local = await TextAsync(entry, new TemplateValues("http", "localhost:8080", "/f807", GooglePlace.Of("FR")));
        var again = await TextAsync(entry, new TemplateValues("https", "shop.example", "/f807", GooglePlace.Of("DE-BY")));

        Assert.Equal("x(\"https://shop.example/f807/-/\");y=\"google.de\"", shop);
        Assert.Equal("x(\"http://localhost:8080/f807/-/\");y=\"google.fr\"", local);
        Assert.Equal(shop, again);
        Assert.Equal(3, _memory.Count);
    }

    /// <summary>Not even in its own coding: it has holes.</summary>
    [Fact]
    public void TryRetain_Template_IsNeverItsOwnBody() =>
        Assert.Null(_variants.TryRetain(KeepTemplate("x").Content, new EntryForm(ContentCoding.Brotli, new TemplateValues("https", "shop.example", "/f807", GooglePlace.Of("")))));

    [Theory]
    [InlineData("\u00FF")]
    [InlineData("a\u00FFz")]
    [InlineData("a\u00FFgeyIwIjoi")]
    [InlineData("a\u00FFgbm8ganNvbg\u00FF")]
    public async Task Get_TemplateThatCannotBeFilled_IsNullAndLeavesNothing(string template)
    {
        var entry = KeepTemplate(template);
        var form = new EntryForm(ContentCoding.Gzip, new TemplateValues("https", "shop.example", "/f807", GooglePlace.Of("")));

        Assert.False(Variants.IsReadable(entry.Content, lease: null));
        Assert.Null(await _variants.GetAsync(entry.Content, form, WorkAccount.Own, lease: null));
        Assert.Null(await _variants.GetAsync(entry.Content, form, WorkAccount.Own, lease: null));
        Assert.Equal(1, _memory.Count);
    }

    [Fact]
    public void IsReadable_TemplateOfThisVersion_IsTrue() => Assert.True(Variants.IsReadable(KeepTemplate("a\u00FFo\u00FFe").Content, lease: null));

    [Fact]
    public void IsReadable_BodyThatIsDamaged_IsFalse()
    {
        var entry = SomeEntry.Create("no brotli"u8, coding: ContentCoding.Brotli);

        Assert.False(Variants.IsReadable(new Entry(entry.Head with { IsTemplate = true }, entry.Body, default, TimeProvider.System).Content, lease: null));
    }

    /// <summary>A few kilobytes of Redis must not become gigabytes.</summary>
    [Fact]
    public void IsReadable_Bomb_IsFalse()
    {
        var entry = SomeEntry.Create(Encode(ContentCoding.Gzip, new byte[64 * 1024 * 1024]), coding: ContentCoding.Gzip);

        Assert.False(Variants.IsReadable(new Entry(entry.Head with { IsTemplate = true }, entry.Body, default, TimeProvider.System).Content, lease: null));
    }

    /// <summary>Another query that brought the same bytes: nothing is made anew for it.</summary>
    [Fact]
    public async Task TryRetain_EntryOfTheSameBytes_IsTheOneThatWasMadeForTheOther()
    {
        var one = KeepTemplate("x(\"\u00FFo\")");
        var other = new Entry(one.Head with { Key = SomeEntry.Key("?other") }, StoredBytes.Copy(one.Body.Memory.Span), default, TimeProvider.System);
        var form = new EntryForm(ContentCoding.Gzip, new TemplateValues("https", "shop.example", "/f807", GooglePlace.Of("")));

        var made = await _variants.GetAsync(one.Content, form, WorkAccount.Own, lease: null);

        Assert.Same(made, _variants.TryRetain(other.Content, form));
        Assert.Null(_variants.TryRetain(new Entry(other.Head with { Tag = "AW-2" }, other.Body, default, TimeProvider.System).Content, form));
        Assert.Null(_variants.TryRetain(new Entry(other.Head with { Site = "other" }, other.Body, default, TimeProvider.System).Content, form));
        Assert.Null(_variants.TryRetain(new Entry(other.Head with { Hash = "other" }, other.Body, default, TimeProvider.System).Content, form));
    }

    /// <summary>Whoever may be making it up gets it quickly; what many ask for becomes small after all.</summary>
    [Fact]
    public async Task TryRetain_QuickFormThatIsAskedForAgainAndAgain_IsMadeSmallInTheBackground()
    {
        var entry = Keep(ContentCoding.Identity);
        var quick = new EntryForm(ContentCoding.Brotli, null, IsQuick: true);
        var first = await _variants.GetAsync(entry.Content, quick, WorkAccount.Own, lease: null);
        Assert.Null(_variants.TryRetain(entry.Content, ContentCoding.Brotli));

        StoredBytes? small = null;
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _variants.TryRetain(entry.Content, quick)?.Release();
                return (small = _variants.TryRetain(entry.Content, ContentCoding.Brotli)) is not null;
            },
            TimeSpan.FromSeconds(30)));

        Assert.InRange(small!.Length, 1, first!.Length - 1);
        Assert.NotEqual(entry.ETagOf(quick), entry.ETagOf(ContentCoding.Brotli));
        Assert.Equal(Script, Decode(ContentCoding.Brotli, small.Memory.Span));
    }

    [Fact]
    public async Task Get_ClientThatHasHadItsShare_IsNullUntilItIsThere()
    {
        var entry = Keep(ContentCoding.Identity);
        var account = new WorkAccount(CpuLane.Untrusted, ClientKey.Of(System.Net.IPAddress.Loopback));
        while (_work.Work.TrySpend(account, 1))
        {
        }

        Assert.Null(await _variants.GetAsync(entry.Content, ContentCoding.Gzip, account, lease: null));
        Assert.NotNull(await _variants.GetAsync(entry.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null));
        Assert.NotNull(_variants.TryRetain(entry.Content, ContentCoding.Gzip));
    }

    /// <summary>What cannot be kept counts against the request that it is made for.</summary>
    [Fact]
    public async Task Get_StoreThatIsTooSmallForIt_IsTakenFromTheRequest()
    {
        var small = new MemoryStore(() => 20 * 1024);
        var entry = SomeEntry.Create(Encode(ContentCoding.Brotli, Script), coding: ContentCoding.Brotli);
        var variants = new Variants(small, _work.Lanes, _work.Work, _work.Leases);
        var budget = SomeLimits.Budget(Script.Length + 1000);
        using var lease = new MemoryLease(budget, client: null);

        var body = await variants.GetAsync(entry.Content, ContentCoding.Identity, WorkAccount.Own, lease);
        var beyond = await variants.GetAsync(entry.Content, ContentCoding.Identity, WorkAccount.Own, lease);

        Assert.Equal((Script.Length, Script.Length, true), (body?.Length, budget.Bytes, beyond is null));
        Assert.Equal(0, _work.Budget.Bytes);
        body?.Release();
    }

    [Fact]
    public async Task Get_NoRoom_IsNullAndNothingIsHeld()
    {
        using var work = new SomeWork(budgetBytes: 100_000);
        var variants = new Variants(_memory, work.Lanes, work.Work, work.Leases);
        var entry = Keep(ContentCoding.Brotli);

        Assert.Null(await variants.GetAsync(entry.Content, ContentCoding.Gzip, WorkAccount.Own, lease: null));
        Assert.Equal(0, work.Budget.Bytes);
    }

    private Entry KeepTemplate(string template)
    {
        var plain = SomeEntry.Create(Encode(ContentCoding.Brotli, Encoding.Latin1.GetBytes(template)), coding: ContentCoding.Brotli);
        var entry = new Entry(plain.Head with { IsTemplate = true }, plain.Body, default, TimeProvider.System);
        Assert.True(_memory.TryPut(entry.Head.Key, entry));
        return entry;
    }

    private async Task<string> TextAsync(Entry entry, TemplateValues values)
    {
        var body = await _variants.GetAsync(entry.Content, new EntryForm(ContentCoding.Identity, values), WorkAccount.Own, lease: null);
        var text = Encoding.UTF8.GetString(body!.Memory.Span);
        body.Release();
        return text;
    }

    private Entry Keep(ContentCoding coding, string? script = null)
    {
        var plain = script is null ? Script : Encoding.UTF8.GetBytes(script);
        var entry = SomeEntry.Create(Encode(coding, plain), coding: coding, hash: script ?? "0123456789012345678901");
        Assert.True(_memory.TryPut(entry.Head.Key, entry));
        return entry;
    }

    private static byte[] Encode(ContentCoding coding, byte[] plain)
    {
        using var target = new PooledBuffer();
        Compression.Encode(coding, plain, target);
        return target.Span.ToArray();
    }

    private static byte[] Decode(ContentCoding coding, ReadOnlySpan<byte> body)
    {
        using var plain = new PooledBuffer();
        Assert.True(Compression.TryDecode(coding, body, int.MaxValue, plain));
        return plain.Span.ToArray();
    }
}
