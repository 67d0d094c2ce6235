using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The demo city's libraries, invented firms of the structure that real ones have, taken in as the centre would take in a sheet; once, at the first start.</summary>
public static class DemoLibraries
{
    public static Task Seed(Database database, string file) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-libraries'") is not null)
                return false;
            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-libraries', 'seeded')");
            await session.Lock(LockName.Library);
            var centre = (
                await Callers.Person(
                    session,
                    (await session.One<string>("SELECT id FROM users WHERE username = 'centre'"))!
                )
            )!;
            var rows = SheetReader.Read(await File.ReadAllBytesAsync(file), CancellationToken.None).Single().Rows;
            List<string> headings = [.. rows[0].Cells.Select(cell => Written.Tidy(cell.Text))];
            var fields = RecordFields.Map(RecordKind.LibraryEntries, headings);
            var take = new TakeLibraryEntries(session, centre, dryRun: false);
            foreach (var row in rows.Skip(1).Where(row => !row.IsBlank))
            {
                var taken = await take.Take(new RecordCells(fields, headings, row));
                if (taken.Outcome == RecordOutcome.Rejected)
                    throw new InvalidOperationException(
                        $"{file}, row {row.Number}: {string.Join(", ", taken.Issues.Select(issue => $"{issue.Field} {issue.Code}"))}"
                    );
            }

            return true;
        });
}
