using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;

namespace Pipeline.Api.Documents;

/// <summary>What a document is written as.</summary>
public enum PaperFormat
{
    /// <summary>To go on writing.</summary>
    Word,

    /// <summary>To print and to file.</summary>
    Pdf,
}

/// <summary>A document that is kept nowhere: made for who asked.</summary>
/// <param name="name">Its name in ASCII, without the ending.</param>
/// <param name="nameInWords">Its name in the language of the request.</param>
internal sealed class DocumentFile(byte[] bytes, PaperFormat format, string name, string nameInWords) : IResult
{
    /// <param name="madeAt">When what it says was made.</param>
    public static DocumentFile Of(
        OfficialDocument document,
        PaperFormat format,
        DocumentWords words,
        DateTimeOffset madeAt,
        string name,
        string nameInWords
    ) =>
        new(
            format == PaperFormat.Word
                ? WordDocument.Write(document)
                : PdfPages.Write(document, nameInWords, words.IsEnglish ? "en" : "zh-CN", madeAt),
            format,
            name,
            nameInWords
        );

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var (type, ending) =
            format == PaperFormat.Word ? (WordDocument.ContentType, "docx") : (PdfPages.ContentType, "pdf");
        response.ContentType = type;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"{name}.{ending}",
            FileNameStar = $"{nameInWords}.{ending}",
        }.ToString();
        if (!Methods.IsHead(httpContext))
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
