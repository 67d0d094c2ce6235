using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;

namespace Pipeline.Api.Documents;

/// <summary>A document that is kept nowhere: made for who asked.</summary>
/// <param name="name">Its name in ASCII, without the ending.</param>
/// <param name="nameInWords">Its name in the language of the request.</param>
internal sealed class DocumentFile(byte[] bytes, string name, string nameInWords) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = OfficialDocument.ContentType;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"{name}.docx",
            FileNameStar = $"{nameInWords}.docx",
        }.ToString();
        if (!Methods.IsHead(httpContext))
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
