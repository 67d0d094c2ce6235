using System.Text.Json;
using Microsoft.Playwright;
using Pipeline.Api;

namespace Pipeline.Browser.Tests.Support;

/// <summary>What the stored pictures were made with: another browser or other fonts draw the same page with other strokes.</summary>
public sealed record MadeWith(string Browser, IReadOnlyDictionary<string, double> Widths);

/// <summary>Pages against their stored pictures (<c>Snapshots/*.png</c>): the average colour of each small square, so that neither the edges of letters nor a day more or less matter.</summary>
/// <remarks><c>PIPELINE_SNAPSHOTS=update</c> stores what is seen now.</remarks>
public sealed class Snapshots(IPage studio, MadeWith now)
{
    private static readonly string Stored = Path.Combine(
        Layout.Find().Root,
        "tests",
        "Pipeline.Browser.Tests",
        "Snapshots"
    );
    private static readonly string Failed = Path.Combine(Layout.Find().Root, "artifacts", "snapshots");
    private static readonly string Maker = Path.Combine(Stored, "made-with.json");

    private static bool Updates => Environment.GetEnvironmentVariable("PIPELINE_SNAPSHOTS") == "update";

    public static async Task<Snapshots> In(IBrowser browser)
    {
        var studio = await browser.NewPageAsync();
        var widths = await studio.EvaluateAsync<Dictionary<string, double>>(
            """
            () => Object.fromEntries(['招商引资项目', 'Investment', '1234567890', '，。：；'].map(text => {
              const pen = document.createElement('canvas').getContext('2d');
              pen.font = '100px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
              return [text, Math.round(pen.measureText(text).width)];
            }))
            """
        );
        var now = new MadeWith(browser.Version.Split('.')[0], widths);
        if (Updates)
        {
            Directory.CreateDirectory(Stored);
            await File.WriteAllTextAsync(
                Maker,
                JsonSerializer.Serialize(
                    now,
                    new JsonSerializerOptions(JsonSerializerDefaults.Web)
                    {
                        WriteIndented = true,
                        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    }
                ) + "\n"
            );
        }

        return new Snapshots(studio, now);
    }

    /// <summary>Looks at what the page shows now; it is as wide as its name says.</summary>
    public async Task Compare(IPage page, string name)
    {
        var seen = Convert.ToBase64String(
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide }
            )
        );
        var small = await studio.EvaluateAsync<string>(
            $"async ({{ seen }}) => {{ {Drawing} return await smaller(seen); }}",
            new { seen }
        );
        var file = Path.Combine(Stored, $"{name}.png");
        if (Updates)
        {
            await File.WriteAllBytesAsync(file, Convert.FromBase64String(small));
            return;
        }

        File.Exists(file).ShouldBeTrue($"{name} has no stored picture: PIPELINE_SNAPSHOTS=update makes one.");
        var same = Same();
        // The same browser and fonts: squares of 8 pixels, hardly any of them different. Others: only what stands where.
        var (square, tolerance, most) = same ? (8, 16, 0.004) : (40, 40, 0.15);
        if (!same)
            TestContext.Out.WriteLine(
                $"{name}: the stored pictures were made with another browser or other fonts; only the layout is compared."
            );
        var found = await studio.EvaluateAsync<JsonElement>(
            $"async ({{ small, stored, square, tolerance }}) => {{ {Drawing} return await compare(small, stored, square, tolerance); }}",
            new
            {
                small,
                stored = Convert.ToBase64String(await File.ReadAllBytesAsync(file)),
                square,
                tolerance,
            }
        );
        var share = found.GetProperty("share").GetDouble();
        TestContext.Out.WriteLine($"{name}: {share:P2} differs");
        if (share <= most)
            return;
        Directory.CreateDirectory(Failed);
        await File.WriteAllBytesAsync(Path.Combine(Failed, $"{name}-actual.png"), Convert.FromBase64String(small));
        await File.WriteAllBytesAsync(
            Path.Combine(Failed, $"{name}-difference.png"),
            Convert.FromBase64String(found.GetProperty("picture").GetString()!)
        );
        Assert.Fail(
            $"{name} does not look as it did: {share:P1} of it differs, at most {most:P1} may. See artifacts/snapshots/{name}-difference.png; where the change was meant, PIPELINE_SNAPSHOTS=update stores the new picture."
        );
    }

    private bool Same()
    {
        var then = JsonSerializer.Deserialize<MadeWith>(File.ReadAllText(Maker), JsonSerializerOptions.Web)!;
        return then.Browser == now.Browser
            && then.Widths.Count == now.Widths.Count
            && then.Widths.All(each =>
                now.Widths.TryGetValue(each.Key, out var width) && Math.Abs(width - each.Value) < 1
            );
    }

    private const string Drawing = """
        const load = async data => createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
        const paper = (width, height) => Object.assign(document.createElement('canvas'), { width, height });
        const png = canvas => canvas.toDataURL('image/png').split(',')[1];
        async function smaller(data) {
          const picture = await load(data);
          const scale = picture.width > 2000 ? 0.4 : 0.5;
          const small = paper(Math.round(picture.width * scale), Math.round(picture.height * scale));
          const pen = small.getContext('2d');
          pen.imageSmoothingQuality = 'high';
          pen.drawImage(picture, 0, 0, small.width, small.height);
          // Sixteen shades of each colour: a fifth of the bytes, and still what a square looks like.
          const pixels = pen.getImageData(0, 0, small.width, small.height);
          for (let i = 0; i < pixels.data.length; i++) if (i % 4 < 3) pixels.data[i] = Math.round(pixels.data[i] / 17) * 17;
          pen.putImageData(pixels, 0, 0);
          return png(small);
        }
        async function compare(actual, stored, square, tolerance) {
          const [a, b] = [await load(actual), await load(stored)];
          const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
          const pixels = picture => { const canvas = paper(width, height); const pen = canvas.getContext('2d'); pen.drawImage(picture, 0, 0); return pen.getImageData(0, 0, width, height).data; };
          const [one, two] = [pixels(a), pixels(b)];
          const shown = paper(width, height); const pen = shown.getContext('2d'); pen.drawImage(a, 0, 0); pen.fillStyle = 'rgb(255 0 80 / 55%)';
          let [all, different] = [0, 0];
          for (let y = 0; y < height; y += square) for (let x = 0; x < width; x += square) {
            const sum = [0, 0, 0]; let n = 0;
            for (let v = y; v < Math.min(y + square, height); v++) for (let u = x; u < Math.min(x + square, width); u++) {
              const i = 4 * (v * width + u); n++;
              for (let c = 0; c < 3; c++) sum[c] += one[i + c] - two[i + c];
            }
            all++;
            if (sum.some(each => Math.abs(each / n) > tolerance)) { different++; pen.fillRect(x, y, square, square); }
          }
          return { share: different / all, picture: png(shown) };
        }
        """;
}
