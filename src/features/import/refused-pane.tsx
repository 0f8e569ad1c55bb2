import { Download } from 'lucide-react'
import { device } from '../../app/device.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { Table } from '../../ui/table.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { ImportPreview } from '../../worker/api-office.ts'
import type { ImportFormats } from './formats.ts'
import { saveText } from './save-text.ts'

/** Rows that cannot be taken, with the reason of each; the file of them can be mended and imported. */
export function RefusedPane({
  preview,
  fileName,
  formats,
}: {
  preview: Pick<ImportPreview, 'refused' | 'refusedCount'>
  fileName: string
  formats: ImportFormats
}) {
  const hidden = preview.refusedCount - preview.refused.length
  return (
    <Pane
      title={`${formats.counted(preview.refusedCount, 'row', 'rows')} refused`}
      className="max-wide:order-5"
      action={<DownloadRefused fileName={fileName} />}
    >
      <p className="mb-2 text-sm text-ink-2">
        All others are taken. Mend these rows in the downloaded file and import that file too.
      </p>
      <Table
        label="Refused rows"
        maxHeight="320px"
        columns={[
          { key: 'row', header: 'Row', cell: ({ row }) => formats.count(row), align: 'end', width: '72px' },
          { key: 'reason', header: 'Reason', cell: ({ reason }) => reason },
        ]}
        rows={preview.refused}
        rowKey={({ row }) => String(row)}
      />
      {hidden > 0 && (
        <p className="mt-2 text-sm text-ink-2">{formats.count(hidden)} more are in the download.</p>
      )}
    </Pane>
  )
}

export function DownloadRefused({ fileName }: { fileName: string }) {
  const toast = useToast()
  const save = async (): Promise<void> => {
    try {
      saveText(`${fileName.replace(/(\.(csv|txt|tsv|gz))+$/i, '')}.refused.csv`, await device.refusedRows())
    } catch {
      toast.show({ text: 'The refused rows could not be written. Try again.', tone: 'error' })
    }
  }
  return (
    <Key size="small" icon={<Icon of={Download} size={16} />} onPress={() => void save()}>
      Download refused rows
    </Key>
  )
}
