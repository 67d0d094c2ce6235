import { QRCode } from 'antd';

/** A text as a QR code, black on white in every theme so that any camera reads it. */
export default function QrCode({ value, label, size = 200 }: { value: string; label: string; size?: number }) {
  return (
    <QRCode
      type="svg"
      value={value}
      size={size}
      aria-label={label}
      bordered={false}
      color="#000000"
      bgColor="#ffffff"
    />
  );
}
