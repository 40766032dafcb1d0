namespace TagGateway.Receiving;

/// <summary>Why a request is answered before anything looks at its site.</summary>
internal enum RequestRefusal
{
    None,

    /// <summary>Its length is ambiguous: what two servers read differently is how requests are smuggled (RFC 9112 §11.2).</summary>
    Framing,

    /// <summary>A header name that is no token (RFC 9110 §5.1).</summary>
    HeaderName,

    /// <summary>A control character in a header value (RFC 9110 §5.5); over HTTP/2 also whitespace at either end (RFC 9113 §8.2.1).</summary>
    HeaderValue,

    /// <summary>A header of HTTP/1.1 connections in an HTTP/2 request (RFC 9113 §8.2.2).</summary>
    ConnectionHeader,

    /// <summary>No host where the protocol demands one, or an empty one.</summary>
    Host,

    /// <summary>A target that is neither a path nor an absolute address.</summary>
    Target,

    /// <summary>TRACE, CONNECT other than RFC 8441's, or a known method in another case.</summary>
    Method,
}
