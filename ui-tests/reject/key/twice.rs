use errorbook::ApiError;

#[derive(ApiError)]
#[api(section = "Billing", section = "Money")]
enum StoryError {
    #[api(status = 404, status = 410)]
    InOneList,
    #[api(status = 404)]
    #[api(status = 404)]
    InTwoLists,
    #[api(status = 500)]
    OnAField {
        #[api(detail, detail = "need")]
        need: u64,
    },
}

fn main() {}
