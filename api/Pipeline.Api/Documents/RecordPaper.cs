using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Documents;

/// <summary>A record as a paper to be printed and filed.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Title">What it is, in the language of the request; also the name of the file.</param>
/// <param name="Number">What tells it from others of its kind.</param>
/// <param name="MadeAt">When what it says last changed.</param>
/// <param name="ProjectId">Its project, as far as the caller may know it.</param>
internal sealed record RecordPaper(
    OfficialDocument Document,
    string Title,
    string Number,
    DateTimeOffset MadeAt,
    string? ProjectId
)
{
    /// <summary>Answers with the paper of a record that the caller may read; each reading is in the trail.</summary>
    /// <param name="call">The request.</param>
    /// <param name="format">As what it is written.</param>
    /// <param name="action">What the trail calls the reading.</param>
    /// <param name="kind">What the record is; also the beginning of the file's name.</param>
    /// <param name="id">The record.</param>
    /// <param name="load">Finds it; null: there is none for this caller.</param>
    /// <param name="write">Writes it.</param>
    public static Task<IResult> Answer<TRow>(
        Call call,
        PaperFormat format,
        string action,
        string kind,
        string id,
        Func<Session, Task<TRow?>> load,
        Func<Session, TRow, DocumentWords, Task<RecordPaper>> write
    )
        where TRow : class =>
        call.Read<IResult>(async session =>
        {
            if (await load(session) is not { } row)
                return (Reply)Refusal.NotFound;
            var words = new DocumentWords(Messages.Language(call.Request));
            var paper = await write(session, row, words);
            session.Note(
                new AuditEntry(action)
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = kind,
                    SubjectId = id,
                    ProjectId = paper.ProjectId,
                }
            );
            return DocumentFile.Of(
                paper.Document,
                format,
                words,
                paper.MadeAt,
                $"{kind}-{paper.Number}",
                $"{paper.Title}-{paper.Number}"
            );
        });
}
