using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class ConsentPlatformsTests
{
    [Theory]
    [InlineData("src=\"https://cdn.cookielaw.org/scripttemplates/otSDKStub.js\" data-domain-script=\"a\"", "OneTrust", false)]
    [InlineData("src=\"https://cdn.cookielaw.org/consent/a/OtAutoBlock.js\"", "OneTrust", true)]
    [InlineData("src=\"/static/otSDKStub.js\"", "OneTrust", false)]
    [InlineData("src=\"https://privacy.shop.example/consent/a/OtAutoBlock.js\"", "OneTrust", true)]
    [InlineData("src=\"https://consent.cookiebot.com/uc.js\" data-cbid=\"a\"", "Cookiebot", false)]
    [InlineData("id=\"Cookiebot\" src=\"https://consent.cookiebot.com/uc.js\" data-blockingmode=\"auto\"", "Cookiebot", true)]
    [InlineData("src=\"https://consent.cookiebot.eu/uc.js\" id=Cookiebot data-blockingmode=AUTO", "Cookiebot", true)]
    [InlineData("src=\"//consent.cookiebot.com/uc.js?cbid=a&blockingmode=auto\"", "Cookiebot", true)]
    [InlineData("src=\"https://app.usercentrics.eu/browser-ui/latest/loader.js\" id=\"usercentrics-cmp\"", "Usercentrics", false)]
    [InlineData("src=\"https://privacy-proxy.usercentrics.eu/latest/uc-block.bundle.js\"", "Usercentrics", true)]
    [InlineData("src=\"https://sdp.eu.usercentrics.eu/latest/uc-block.bundle.js\"", "Usercentrics", true)]
    [InlineData("src=\"https://web.cmp.usercentrics.eu/modules/autoblocker.js\"", "Usercentrics", true)]
    [InlineData("src=\"https://web.cmp.usercentrics.eu/ui/loader.js\"", "Usercentrics", false)]
    [InlineData("src=\"/cmp/loader.js\" id=\"usercentrics-cmp\"", "Usercentrics", false)]
    [InlineData("src=\"https://sdk.privacy-center.org/a/loader.js?target=b\"", "Didomi", false)]
    [InlineData("src=\"//consent.trustarc.com/notice?domain=a\"", "TrustArc", false)]
    [InlineData("src=\"https://consent.trustarc.com/v2/autoblock?cmId=a\"", "TrustArc", true)]
    [InlineData("src=\"https://cmp.quantcast.com/choice/a/choice.js\"", "Quantcast Choice", false)]
    [InlineData("src=\"https://cmp.inmobi.com/choice/a/www.shop.example/choice.js?tag_version=V3\"", "InMobi Choice", false)]
    [InlineData("src=\"https://cdn.privacy-mgmt.com/unified/wrapperMessagingWithoutDetection.js\"", "Sourcepoint", false)]
    [InlineData("src=\"https://cdn-cookieyes.com/client_data/a/script.js\" id=\"cookieyes\"", "CookieYes", true)]
    [InlineData("src=\"//cdn.iubenda.com/cs/iubenda_cs.js\"", "iubenda", false)]
    [InlineData("src=\"https://cs.iubenda.com/autoblocking/1.js\"", "iubenda", true)]
    [InlineData("src=\"https://embeds.iubenda.com/widgets/a.js\"", "iubenda", true)]
    [InlineData("src=\"https://cmp.osano.com/a/b/osano.js\"", "Osano", true)]
    [InlineData("src=\"https://app.termly.io/resource-blocker/a?autoBlock=on\"", "Termly", true)]
    [InlineData("src=\"https://app.termly.io/resource-blocker/a\"", "Termly", false)]
    [InlineData("src=\"https://app.termly.io/embed.min.js\" data-auto-block=\"on\"", "Termly", true)]
    [InlineData("src=\"https://consent.cookiefirst.com/banner.js\"", "CookieFirst", false)]
    [InlineData("src=\"https://consent.cookiefirst.com/sites/shop.example-a/consent.js\"", "CookieFirst", true)]
    [InlineData("src=\"/wp-content/plugins/complianz-gdpr/cookiebanner/js/complianz.min.js?ver=1\"", "Complianz", false)]
    [InlineData("src=\"https://www.shop.example/wp-content/plugins/borlabs-cookie/assets/a.js\"", "Borlabs Cookie", false)]
    [InlineData("src=\"/wp-content/plugins/real-cookie-banner/public/dist/banner.js\"", "Real Cookie Banner", false)]
    [InlineData("src=\"//cdn.cookie-script.com/s/a.js\"", "Cookie-Script", true)]
    [InlineData("src=\"https://cdn.consentmanager.net/delivery/autoblocking/a.js\" data-cmp-ab=\"1\"", "consentmanager", true)]
    [InlineData("src=\"https://cdn.consentmanager.net/delivery/js/semiautomatic.min.js\" data-cmp-ab=\"1\"", "consentmanager", true)]
    [InlineData("src=\"https://delivery.consentmanager.net/delivery/cmp.php?id=1\"", "consentmanager", false)]
    [InlineData("src=\"//static.axept.io/sdk.js\"", "Axeptio", false)]
    [InlineData("src=\"https://cdn.kiprotect.com/klaro/v0.7/klaro.js\"", "Klaro", false)]
    [InlineData("src=\"/js/klaro.js\"", "Klaro", false)]
    [InlineData("src=\"https://cc.cdn.civiccomputing.com/9/cookieControl-9.x.min.js\"", "Civic Cookie Control", false)]
    [InlineData("src=\"https://global.ketchcdn.com/web/v2/config/a/b/boot.js\"", "Ketch", false)]
    [InlineData("src=\"https://transcend-cdn.com/cm/a/airgap.js\"", "Transcend", true)]
    [InlineData("src=\"https://app.secureprivacy.ai/script/a.js\"", "Secure Privacy", true)]
    [InlineData("src=\"https://cdn.trustcommander.net/privacy/1/privacy_v2_3.js\"", "Commanders Act", false)]
    [InlineData("src=\"https://choices.consentframework.com/js/pa/1/c/a/stub\"", "Sirdata", false)]
    [InlineData("src=\"https://policy.app.cookieinformation.com/uc.js\" id=\"CookieConsent\"", "Cookie Information", false)]
    [InlineData("src=\"https://cdn.cookiehub.eu/c2/a.js\"", "CookieHub", false)]
    [InlineData("src=\"/tarteaucitron/tarteaucitron.min.js\"", "tarteaucitron", false)]
    [InlineData("src=\"https://app.enzuzo.com/scripts/cookiebar/a\"", "Enzuzo", false)]
    [InlineData("src=\"https://app.enzuzo.com/scripts/cookiebar/a\" auto-blocking=\"true\"", "Enzuzo", true)]
    [InlineData("src=\"https://st.pandect.es/a/pandectes-rules.js\"", "Pandectes", true)]
    [InlineData("src=\"https://cdn.shop.example/fides.js\"", "Fides", false)]
    [InlineData("src=\"https://fundingchoicesmessages.google.com/i/pub-1?ers=1\"", "Google Funding Choices", false)]
    [InlineData("src=\"//clickiocmp.com/t/consent_1.js\"", "Clickio", false)]
    [InlineData("src=\"https://cdn.jsdelivr.net/gh/orestbida/cookieconsent@3/dist/cookieconsent.umd.js\"", "CookieConsent", false)]
    [InlineData("src=\"https://cdn.shopify.com/shopifycloud/privacy-banner/storefront-banner.js\"", "Shopify privacy banner", false)]
    [InlineData("src=\" HTTPS://CDN.COOKIELAW.ORG/x.js \"", "OneTrust", false)]
    public void Find_ScriptOfAPlatform_IsNamed(string attributes, string name, bool blocks)
    {
        var platform = Find(attributes);

        Assert.NotNull(platform);
        Assert.Equal((name, blocks), (platform.Name, platform.BlocksByAddress));
    }

    [Theory]
    [InlineData("src=\"https://www.googletagmanager.com/gtag/js?id=G-1\"")]
    [InlineData("src=\"/js/app.js\"")]
    [InlineData("src=\"https://cdn.iubenda.com/iubenda.js\"")]
    [InlineData("src=\"https://www.google.com/recaptcha/api.js\"")]
    [InlineData("src=\"https://secure.quantserve.com/quant.js\"")]
    [InlineData("src=\"https://cookielaw.org.evil.example/x.js\"")]
    [InlineData("src=\"https://app.secureprivacy.ai/blog.js\"")]
    [InlineData("src=\"\"")]
    public void Find_AnyOtherScript_IsNone(string attributes) => Assert.Null(Find(attributes));

    [Theory]
    [InlineData("Cookiebot", "data-cookieconsent=\"ignore\"", true)]
    [InlineData("Cookiebot", "data-cookieconsent=\"statistics\"", false)]
    [InlineData("Cookiebot", "data-ot-ignore", false)]
    [InlineData("OneTrust", "data-ot-ignore", true)]
    [InlineData("OneTrust", "data-cookieconsent=\"ignore\"", false)]
    [InlineData("Usercentrics", "data-uc-allowed=\"true\"", true)]
    [InlineData("Usercentrics", "data-uc-allowed=\"false\"", false)]
    [InlineData("iubenda", "class=\"a _iub_cs_skip\"", true)]
    [InlineData("iubenda", "class=\"_iub_cs_activate\"", false)]
    [InlineData("Termly", "data-categories=\"essential\"", true)]
    [InlineData("Osano", "data-osano=\"ESSENTIAL\"", true)]
    [InlineData("Osano", "data-osano=\"ANALYTICS\"", false)]
    [InlineData("CookieYes", "data-cookieyes=\"cookieyes-necessary\"", false)]
    public void Exempts_AttributeOfTheTag_OnlyThatPlatformsOwn(string name, string attributes, bool expected) =>
        Assert.Equal(expected, new ConsentPlatform(name, BlocksByAddress: true).Exempts(new HtmlAttributes(Tag(attributes), [])));

    [Theory]
    [InlineData("(function(){var s=document.createElement('script');s.src='https://sdk.privacy-center.org/'+k+'/loader.js'})()", "Didomi")]
    [InlineData("e.src = \"//static.axept.io/sdk.js\";", "Axeptio")]
    [InlineData("tarteaucitron.init({})", "tarteaucitron")]
    [InlineData("CookieConsent.run({guiOptions:{}})", "CookieConsent")]
    [InlineData("var a=1", null)]
    public void FindInline_Loader_IsNamed(string script, string? name) => Assert.Equal(name, ConsentPlatforms.FindInline(Encoding.UTF8.GetBytes(script))?.Name);

    private static ConsentPlatform? Find(string attributes)
    {
        var tag = new HtmlAttributes(Tag(attributes), []);
        return ConsentPlatforms.Find(tag.ValueOf("src"u8), tag);
    }

    private static byte[] Tag(string attributes) => Encoding.UTF8.GetBytes($"<script {attributes}>");
}
