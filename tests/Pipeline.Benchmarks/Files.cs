using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelDataReader;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Features.Exports;

namespace Pipeline.Benchmarks;

/// <summary>B7, B8 and B14: registers in and lists out.</summary>
public static class Files
{
    private const int Rows = 100_000,
        GrowthRows = 2_000;

    public static async Task<Report> Import(Options options)
    {
        var rows = Math.Min(Rows, options.Projects);
        var file = await Register(rows);
        var city = await (await City.Of(10_000)).Copy();
        var bareCpu = Environment.CpuUsage.TotalTime;
        var reference = BareImport(file);
        bareCpu = Environment.CpuUsage.TotalTime - bareCpu;
        using var api = await Server.Api(city.File);
        var cpu = api.Cpu;
        var (took, peak) = await Imported(api, city, file);
        cpu = api.Cpu - cpu;
        return new Report([
            new Line(
                $"import of {rows} rows from .xlsx, against reading them and one bulk insert",
                took / reference,
                "<= 3.00",
                took / reference <= 3,
                new Dictionary<string, double>
                {
                    ["api s"] = took,
                    ["bare s"] = reference,
                    ["api cpu s"] = cpu,
                    ["bare cpu s"] = bareCpu.TotalSeconds,
                }
            ),
            new Line("peak memory, MiB", peak, "<= 400", peak <= 400, new Dictionary<string, double>()),
        ]);
    }

    /// <summary>The same register into a small and a large city: what a row costs must not grow with the library (B14).</summary>
    public static async Task<Report> Grow(Options options)
    {
        const int Small = 10_000;
        var file = await Register(GrowthRows);
        var took = new Dictionary<int, double>();
        foreach (var projects in new[] { Small, options.Projects })
        {
            var kept = await City.Of(projects);
            // The API brings the schema of a kept city up to date.
            using (await Server.Api(kept.File)) { }
            var city = await kept.Copy();
            using var api = await Server.Api(city.File);
            (took[projects], _) = await Imported(api, city, file);
        }

        var ratio = took[options.Projects] / took[Small];
        return new Report([
            new Line(
                $"import of {GrowthRows} rows into {options.Projects} projects against {Small}",
                ratio,
                "<= 3.00",
                ratio <= 3,
                new Dictionary<string, double> { ["small s"] = took[Small], ["large s"] = took[options.Projects] }
            ),
        ]);
    }

    /// <summary>Has a register imported by the centre; how many seconds it took, and the most memory in use, MiB.</summary>
    private static async Task<(double Seconds, double Peak)> Imported(Server api, City city, byte[] file)
    {
        using var http = new HttpClient { BaseAddress = api.Address, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", City.TokenOf(city.Centre));
        var watch = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "台账.xlsx" } };
        using var posted = await http.PostAsync("/api/v1/imports", form);
        var id = JsonDocument
            .Parse(await posted.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
            .RootElement.GetProperty("id")
            .GetString();
        var peak = 0.0;
        while (true)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                City.TokenOf(city.Centre)
            );
            var import = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/imports/{id}")).RootElement;
            peak = Math.Max(peak, api.Memory);
            if (
                import.GetProperty("status").GetString() is "completed" or "failed"
                || watch.Elapsed > TimeSpan.FromMinutes(20)
            )
                return (watch.Elapsed.TotalSeconds, peak);
            await Task.Delay(200);
        }
    }

    public static async Task<Report> Export(Options options)
    {
        var (small, large) = (await City.Of(10_000), await City.Of(options.Projects));
        var csv = await Exported(small, large, "csv");
        var xlsx = await Exported(small, large, "xlsx");
        var pass = OnePass(large);
        var sax = await BareWorkbook(large);
        return new Report([
            new Line(
                $"CSV of {options.Projects} rows, against one pass of the query",
                csv.Seconds / pass,
                "<= 4.00",
                csv.Seconds / pass <= 4,
                new Dictionary<string, double>
                {
                    ["api s"] = csv.Seconds,
                    ["bare s"] = pass,
                    ["first byte ms"] = csv.FirstByte,
                }
            ),
            new Line(
                $"XLSX of {options.Projects} rows, against a bare SAX writer",
                xlsx.Seconds / sax,
                "<= 3.00",
                xlsx.Seconds / sax <= 3,
                new Dictionary<string, double>
                {
                    ["api s"] = xlsx.Seconds,
                    ["bare s"] = sax,
                    ["first byte ms"] = xlsx.FirstByte,
                }
            ),
            new Line(
                "memory above that of 10000 rows, CSV, MiB",
                csv.More,
                "<= 32",
                csv.More <= 32,
                new Dictionary<string, double>()
            ),
            new Line(
                "memory above that of 10000 rows, XLSX, MiB",
                xlsx.More,
                "<= 32",
                xlsx.More <= 32,
                new Dictionary<string, double>()
            ),
        ]);
    }

    private static async Task<(double Seconds, double FirstByte, double More)> Exported(
        City small,
        City large,
        string kind
    )
    {
        async Task<(double Seconds, double FirstByte, double Peak)> Take(City city)
        {
            using var api = await Server.Api(city.File);
            using var http = new HttpClient { BaseAddress = api.Address, Timeout = TimeSpan.FromMinutes(30) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                City.TokenOf(city.Centre)
            );

            // The program has answered before, as it has in life.
            (
                await http.GetAsync($"/api/v1/exports/projects.{kind}?q={Uri.EscapeDataString(CityMaker.Rare)}")
            ).EnsureSuccessStatusCode();
            var (watch, first, peak, buffer) = (Stopwatch.StartNew(), 0.0, 0.0, new byte[1 << 16]);
            using var response = await http.GetAsync(
                $"/api/v1/exports/projects.{kind}",
                HttpCompletionOption.ResponseHeadersRead
            );
            await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
            for (var chunks = 0; await body.ReadAsync(buffer) > 0; chunks++)
            {
                first = first == 0 ? watch.Elapsed.TotalMilliseconds : first;
                if (chunks % 100 == 0)
                    peak = Math.Max(peak, api.Memory);
            }

            return (watch.Elapsed.TotalSeconds, first, Math.Max(peak, api.Memory));
        }

        var (few, many) = (await Take(small), await Take(large));
        return (many.Seconds, many.FirstByte, many.Peak - few.Peak);
    }

    /// <summary>Reads every row of the export's statement and writes nothing, in seconds.</summary>
    private static double OnePass(City city) =>
        Timed(() =>
        {
            foreach (var _ in Cells(city)) { }
        });

    private static async Task<double> BareWorkbook(City city)
    {
        await using var target = new FileStream(Path.Combine(Bench.Folder, "bare.xlsx"), FileMode.Create);
        return Timed(() =>
        {
            using var document = SpreadsheetDocument.Create(target, SpreadsheetDocumentType.Workbook);
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(sheet))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                foreach (var cells in Cells(city))
                {
                    writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Row());
                    foreach (var cell in cells)
                    {
                        writer.WriteStartElement(new Cell { DataType = CellValues.InlineString });
                        writer.WriteStartElement(new InlineString());
                        writer.WriteElement(new Text(cell));
                        writer.WriteEndElement();
                        writer.WriteEndElement();
                    }

                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(
                new Sheets(
                    new Sheet
                    {
                        Name = "1",
                        SheetId = 1,
                        Id = workbook.GetIdOfPart(sheet),
                    }
                )
            );
        });
    }

    /// <summary>As many cells a row as the export has.</summary>
    private static IEnumerable<string[]> Cells(City city)
    {
        using var connection = new SqliteConnection($"Data Source={city.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT p.code, p.name, o.name, p.stage, p.amount, p.currency, p.amount_cny, p.industry_code, p.chain_key, p.facts, p.in_talks_on, p.signed_on, p.registered_on, p.started_on, p.in_production_on, p.terminated_on, p.flags, p.updated_at FROM projects p JOIN jurisdictions o ON o.id = p.owner_id ORDER BY p.seq DESC";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var cells = new string[reader.FieldCount];
            for (var at = 0; at < cells.Length; at++)
                cells[at] = Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture)!;
            yield return cells;
        }
    }

    internal static async Task<byte[]> Register(int rows)
    {
        using var file = new MemoryStream();
        var random = new Random(7);
        string Word(int letters) =>
            string.Concat(Enumerable.Range(0, letters).Select(_ => (char)random.Next(0x4e00, 0x9f00)));
        var table = await Pipeline.Api.Features.Exports.Workbook.Begin(file, "台账", [10, 40, 40, 15, 15, 15, 15, 15]);
        async Task Row(params IEnumerable<string> cells)
        {
            foreach (var cell in cells)
                table.Text(cell);
            await table.EndRow();
        }

        await Row("序号", "项目名称", "投资方", "总投资(万元)", "行业代码", "落户地", "阶段", "签约日期");
        for (var row = 1; row <= rows; row++)
        {
            table.Number(row);
            table.Text($"{Word(8)}项目");
            table.Text($"{Word(7)}有限公司");
            table.Number(random.Next(1000, 90_000));
            table.Text("3411");
            table.Text("嘉善县");
            table.Text("签约");
            table.Day(new DateOnly(2025, 1, 1).AddDays(random.Next(300)));
            await table.EndRow();
        }

        await table.End();
        return file.ToArray();
    }

    private static double BareImport(byte[] file) =>
        Timed(() =>
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            var database = Path.Combine(Bench.Folder, "bare.db");
            File.Delete(database);
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            connection.Open();
            using var create = connection.CreateCommand();
            create.CommandText =
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT, h TEXT)";
            create.ExecuteNonQuery();
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO rows VALUES (@a, @b, @c, @d, @e, @f, @g, @h)";
            var parameters = "abcdefgh"
                .Select(name => insert.Parameters.Add(new SqliteParameter { ParameterName = $"@{name}" }))
                .ToList();
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
            while (reader.Read())
            {
                for (var at = 0; at < parameters.Count; at++)
                    parameters[at].Value = Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture) ?? "";
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        });

    private static double Timed(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
