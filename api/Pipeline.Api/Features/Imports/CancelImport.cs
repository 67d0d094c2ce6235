using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Imports;

/// <summary>Ends an import that waits or runs. Rows that were taken stay; of one that is all or nothing, none was.</summary>
public static class CancelImport
{
    public static Task<IResult> Handle(string id, Call call) =>
        call.Write(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is null)
                return Refusal.NotFound;

            // Whoever runs it finds its lease gone, and what it was about to store is undone.
            if (await session.Execute(Cancel, new { id, now = session.Now }) == 0)
                return new Refusal(RefusalKind.Conflict, "import-ended");
            var row = (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id }))!;
            return Reply.Resource(row.View(Messages.Language(call.Request)), row.Version);
        });

    private const string Cancel =
        "UPDATE imports SET status = 'cancelled', finished_at = @now, lease = NULL, leased_until = NULL, version = version + 1 WHERE id = @id AND status IN ('queued', 'running')";
}
