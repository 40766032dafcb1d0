using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Tests.Operations;

public sealed class LabelNamesTests
{
    [Fact]
    public void Of_Outcomes_AreTheirWordsInSnakeCase()
    {
        var names = Enum.GetValues<ForwardOutcome>().Select(LabelNames<ForwardOutcome>.Of);

        Assert.Equal(
            [
                "delivered", "refused", "upstream_error", "unreachable", "timed_out", "answer_cut_short",
                "body_too_large", "body_incomplete", "abandoned", "foreign_script", "unreadable_script", "shed",
            ],
            names);
    }

    [Fact]
    public void Of_OtherEnums_AreTheirOwnWords()
    {
        Assert.Equal("header_name", LabelNames<RequestRefusal>.Of(RequestRefusal.HeaderName));
        Assert.Equal("script", LabelNames<RequestKind>.Of(RequestKind.Script));
        Assert.Equal("request_timed_out", LabelNames<ForwarderError>.Of(ForwarderError.RequestTimedOut));
    }

    [Fact]
    public void Of_ValueWithoutAWord_IsOther() => Assert.Equal("other", LabelNames<ForwardOutcome>.Of((ForwardOutcome)999));

    [Fact]
    public void Of_SameValue_IsTheSameText() => Assert.Same(LabelNames<RequestKind>.Of(RequestKind.Beacon), LabelNames<RequestKind>.Of(RequestKind.Beacon));
}
