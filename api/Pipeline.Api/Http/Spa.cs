using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Pipeline.Api.Http;

/// <summary>The pages: static files, and one document for every route of theirs.</summary>
public static class Spa
{
    public static IApplicationBuilder UseSpaFiles(this IApplicationBuilder app, Layout layout)
    {
        if (!Directory.Exists(layout.Web))
            return app;
        var files = new PhysicalFileProvider(layout.Web);
        app.Use(
            (context, next) =>
            {
                Choose(context, files);
                return next();
            }
        );
        return app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = new TypesOfWhatIsInside(),
                OnPrepareResponse = file =>
                {
                    // Assets carry a hash in their name and never change; the document must be asked for again.
                    var immutable = file.Context.Request.Path.StartsWithSegments(
                        "/assets",
                        StringComparison.OrdinalIgnoreCase
                    );
                    file.Context.Response.Headers.CacheControl = immutable
                        ? "public, max-age=31536000, immutable"
                        : "no-cache";
                    if (
                        Variants
                            .FirstOrDefault(variant =>
                                file.File.Name.EndsWith(variant.Ending, StringComparison.Ordinal)
                            )
                            .Coding is
                        { } coding
                    )
                        file.Context.Response.Headers.ContentEncoding = coding;
                },
            }
        );
    }

    // Made when the pages are built (web/compress.ts), the smallest first.
    private static readonly (string Coding, string Ending)[] Variants = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Takes the compressed variant of a file, if there is one and the browser can read it.</summary>
    private static void Choose(HttpContext context, PhysicalFileProvider files)
    {
        var request = context.Request;
        var path = request.Path.Value;
        if (path is null || !Path.HasExtension(path) || !files.GetFileInfo(path + Variants[0].Ending).Exists)
            return;
        context.Response.Headers.Vary = "Accept-Encoding";
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (coding, ending) in Variants)
        {
            if (
                accepted.Any(one =>
                    one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0
                ) && files.GetFileInfo(path + ending).Exists
            )
            {
                request.Path = path + ending;
                return;
            }
        }
    }

    /// <summary>A compressed file is of the type of what is in it.</summary>
    private sealed class TypesOfWhatIsInside : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider known = Types();

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
            known.TryGetContentType(
                Variants.Any(variant => subpath.EndsWith(variant.Ending, StringComparison.Ordinal))
                    ? subpath[..^3]
                    : subpath,
                out contentType
            );
    }

    /// <summary>What is known of file names, and the encodings and fonts that a shown PDF may lean on.</summary>
    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var kind in (string[])[".bcmap", ".pfb"])
            types.Mappings[kind] = "application/octet-stream";
        return types;
    }

    /// <summary>Every address that is no route of the API and no file is a page: the document answers, whatever Accept says.</summary>
    public static void UseSpaDocument(this WebApplication app, Layout layout)
    {
        var document = Path.Combine(layout.Web, "index.html");
        app.Use(
            (context, next) =>
            {
                var path = context.Request.Path;
                return
                    context.GetEndpoint() is not null
                    || path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                    || Path.HasExtension(path.Value)
                    || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                    ? next()
                    : Send(context, document);
            }
        );
    }

    private static Task Send(HttpContext context, string document)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return (
            File.Exists(document)
                ? Results.File(document, "text/html; charset=utf-8")
                : Results.Text("The pages are not built: run `npm ci && npm run build` in web/.", statusCode: 503)
        ).ExecuteAsync(context);
    }

    /// <summary>Headers that keep a page to itself: scripts only from here, no framing, no sniffing.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                // At the last moment: an answer that fails is cleared and begun anew.
                context.Response.OnStarting(() =>
                {
                    Protect(context, app.Environment);
                    return Task.CompletedTask;
                });
                return next();
            }
        );

    /// <summary>What marks the scripts within a page that the service writes itself: new with each answer.</summary>
    private sealed class Nonce;

    /// <summary>The mark of this answer's own scripts, which its headers allow.</summary>
    public static string NonceOf(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(Nonce), out var made))
            return (string)made!;
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Items[typeof(Nonce)] = nonce;
        return nonce;
    }

    private static void Protect(HttpContext context, IHostEnvironment environment)
    {
        var headers = context.Response.Headers;
        var nonce = context.Items.TryGetValue(typeof(Nonce), out var made) ? $" 'nonce-{made}'" : "";
        headers.ContentSecurityPolicy =
            $"default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'{nonce}; worker-src 'self'; manifest-src 'self'; connect-src 'self'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (!environment.IsDevelopment() && context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
