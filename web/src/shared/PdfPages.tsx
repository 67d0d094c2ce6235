import {
  getDocument,
  GlobalWorkerOptions,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/Page';

GlobalWorkerOptions.workerSrc = worker;
const PARTS = import.meta.env.DEV ? '/node_modules/pdfjs-dist/' : '/pdf/';

/** A PDF page by page, drawn by us: the same in every browser, and nothing inside the file is ever run. */
export function PdfPages({ file, name }: { file: Blob; name: string }) {
  const { t } = useTranslation();
  const [read, setRead] = useState<{ pages: PDFPageProxy[] } | 'unreadable'>();
  useEffect(() => {
    let wanted = true;
    let opened: PDFDocumentProxy | undefined;
    void (async () => {
      // The policy allows no WebAssembly: scans are decoded by script.
      const task = getDocument({
        data: await file.arrayBuffer(),
        cMapUrl: `${PARTS}cmaps/`,
        standardFontDataUrl: `${PARTS}standard_fonts/`,
        wasmUrl: `${PARTS}wasm/`,
        useWasm: false,
        enableXfa: false,
        verbosity: VerbosityLevel.ERRORS,
      });
      opened = await task.promise;
      const pages = await Promise.all(
        Array.from({ length: opened.numPages }, (_, i) => (opened as PDFDocumentProxy).getPage(i + 1)),
      );
      if (wanted) setRead({ pages });
      else await task.destroy();
    })().catch(() => {
      if (wanted) setRead('unreadable');
    });
    return () => {
      wanted = false;
      void opened?.loadingTask.destroy();
    };
  }, [file]);

  if (!read) return <Loading rows={8} />;
  if (read === 'unreadable') return <p role="alert">{t('preview.unreadable')}</p>;
  return (
    <div className="preview-pages" tabIndex={0} role="region" aria-label={t('preview.pages', { name })}>
      {read.pages.map((page) => (
        <PdfPage
          key={page.pageNumber}
          page={page}
          label={t('preview.pageOf', { n: page.pageNumber, total: read.pages.length })}
        />
      ))}
    </div>
  );
}

/** One page, drawn once it comes near, with its words for those who listen. */
function PdfPage({ page, label }: { page: PDFPageProxy; label: string }) {
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
  const natural = page.getViewport({ scale: 1 });
  useEffect(() => {
    const [paper, sheet] = [box.current, canvas.current];
    if (!paper || !sheet) return;
    let drawing: { cancel: () => void } | undefined;
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some((each) => each.isIntersecting)) return;
        watch.disconnect();
        const viewport = page.getViewport({
          scale: (paper.clientWidth * Math.min(window.devicePixelRatio, 2)) / page.getViewport({ scale: 1 }).width,
        });
        [sheet.width, sheet.height] = [Math.round(viewport.width), Math.round(viewport.height)];
        const task = page.render({ canvas: sheet, viewport });
        drawing = task;
        task.promise.then(
          async () => {
            sheet.dataset.drawn = 'true';
            setWords((await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' '));
          },
          () => undefined,
        );
      },
      { rootMargin: '600px' },
    );
    watch.observe(paper);
    return () => {
      watch.disconnect();
      drawing?.cancel();
    };
  }, [page]);
  return (
    <figure ref={box} style={{ aspectRatio: `${natural.width} / ${natural.height}` }}>
      <canvas ref={canvas} role="img" aria-label={label} />
      <figcaption className="visually-hidden">{words}</figcaption>
    </figure>
  );
}
