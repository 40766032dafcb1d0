namespace TagGateway.Configuration;

/// <summary>Reads <c>urls</c> and <c>admin.url</c>, which never share a port.</summary>
internal static class ListenUrls
{
    /// <summary>Of texts that <see cref="Check"/> accepts; parts it would refuse are left out.</summary>
    public static IReadOnlyList<ListenUrl> Parse(string urls) =>
        [.. Split(urls).Select(text => ListenUrl.Parse(text, out _)).OfType<ListenUrl>()];

    public static void Check(GatewayOptions options, ConfigurationErrors errors)
    {
        var urls = new List<ListenUrl>();
        foreach (var text in Split(options.Urls))
        {
            if (ListenUrl.Parse(text, out var problem) is not { } url)
            {
                errors.Add("urls", problem);
            }
            else if (urls.Any(url.Collides))
            {
                errors.Add("urls", $"\"{text}\" is taken by {urls.First(url.Collides)} already");
            }
            else
            {
                urls.Add(url);
            }
        }

        if (Split(options.Urls).Length == 0)
        {
            errors.Add("urls", "is empty: name at least one address, such as \"http://*:8080\"");
        }

        if (options.Tls.Certificates.Count == 0 && urls.Where(url => url.Scheme == ListenScheme.Https).ToList() is [var first, ..])
        {
            errors.Add("tls.certificates", $"is empty: {first} in urls needs one");
        }

        CheckAdmin(options.Admin.Url, urls, errors);
    }

    private static void CheckAdmin(string text, List<ListenUrl> urls, ConfigurationErrors errors)
    {
        if (ListenUrl.Parse(text.Trim(), out var problem) is not { } admin)
        {
            errors.Add("admin.url", problem);
        }
        else if (admin.Scheme != ListenScheme.Http)
        {
            errors.Add("admin.url", $"\"{text}\" must begin with http://");
        }
        else if (admin.Port != 0 && urls.Any(url => url.Port == admin.Port))
        {
            errors.Add("admin.url", $"port {admin.Port} is a port of urls: the administration needs one of its own");
        }
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
