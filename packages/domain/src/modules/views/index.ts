export { SavedView } from './saved-view.entity.ts'
