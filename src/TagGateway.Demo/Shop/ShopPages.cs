using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TagGateway.Demo.Shop;

/// <summary>Renders the shop's pages from the embedded templates; every value is encoded for the place where it stands.</summary>
internal sealed class ShopPages(DemoShopOptions options)
{
    private static readonly string Layout = Template("layout");

    public string Home(string theme) =>
        Page("home", "Good tools for small gardens", Fill(Template("home"), ("cards", string.Concat(Catalogue.Products.Select(Card)))), theme, null, null);

    public string ProductPage(Product product, string theme) => Page("product", product.Name, FillProduct("product", product), theme, product, null);

    public string Thanks(string order, string theme) => Page("thanks", "Thank you", Fill(Template("thanks"), ("order", Text(order))), theme, null, order);

    /// <summary>A page without values of its own: <c>cart</c>, <c>checkout</c> or <c>missing</c>.</summary>
    public string Plain(string name, string title, string theme) => Page(name, title, Template(name), theme, null, null);

    private string Page(string name, string title, string content, string theme, Product? product, string? order) => Fill(
        Layout,
        ("title", Text(title)),
        ("theme", Text(theme)),
        ("page", Text(name)),
        ("path", Text(options.MeasurementPath + "/")),
        ("data", PageData(product, order)),
        ("snippet", Snippet()),
        ("content", content));

    /// <summary>Google's own snippet in its first-party form. A tag id is safe in HTML and in JavaScript: letters, digits and '-'.</summary>
    private string Snippet() => Fill(
        Template(options.Tag.StartsWith("GTM-", StringComparison.OrdinalIgnoreCase) ? "gtm" : "gtag"),
        ("path", Text(options.MeasurementPath)),
        ("tag", JavaScriptEncoder.Default.Encode(options.Tag)));

    private static string Card(Product product) => FillProduct("card", product);

    private static string FillProduct(string template, Product product) => Fill(
        Template(template),
        ("slug", Text(product.Slug)),
        ("name", Text(product.Name)),
        ("category", Text(product.Category)),
        ("price", product.Price.ToString("0.00", CultureInfo.InvariantCulture)),
        ("note", Text(product.Note)),
        ("text", Text(product.Text)),
        ("tint", Text(product.Tint)),
        ("art", EmbeddedFile.ReadText($"Shop/Art/{product.Slug}.svg")));

    /// <summary>What the page's scripts need, as JSON whose encoding cannot end a script element.</summary>
    private string PageData(Product? product, string? order)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("path", options.MeasurementPath);
            json.WriteString("slug", product?.Slug);
            json.WriteString("order", order);
            json.WriteStartArray("products");
            foreach (var each in Catalogue.Products)
            {
                json.WriteStartObject();
                json.WriteString("slug", each.Slug);
                json.WriteString("id", each.Id);
                json.WriteString("name", each.Name);
                json.WriteString("category", each.Category);
                json.WriteNumber("price", each.Price);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string Fill(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            template = template.Replace($"{{{{{name}}}}}", value, StringComparison.Ordinal);
        }

        return template;
    }

    private static string Template(string name) => EmbeddedFile.ReadText($"Shop/Pages/{name}.html");

    private static string Text(string value) => HtmlEncoder.Default.Encode(value);
}
